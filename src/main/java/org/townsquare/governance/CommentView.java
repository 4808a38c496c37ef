package org.townsquare.governance;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Member;

/** A comment as somebody sees it. */
record CommentView(
        UUID id,
        UUID proposalId,
        String proposalTitle,

        @Schema(description = "The comment that this one answers.") @Nullable
        UUID parentId,

        @Schema(description = "0 for a comment on the proposal itself, at most 4.")
        int depth,

        AuthorView author,

        @Schema(description = "Absent where it is deleted, or hidden from you.") @Nullable
        String content,

        Instant createdAt,
        int revision,
        @Nullable Instant editedAt,
        boolean deleted,
        boolean hidden,

        @Schema(description = "Why it is hidden.") @Nullable String reason,
        Can can) {
    /** What the viewer may do with it, as long as the discussion lasts or at any time. */
    @Schema(name = "CommentCan")
    record Can(boolean edit, boolean delete, boolean hide) {}

    static CommentView of(CommentRow row, Member viewer) {
        Comment comment = row.comment();
        boolean deleted = comment.deletedAt != null;
        boolean own = !deleted && GovernanceRights.mayEdit(viewer, comment);
        return new CommentView(
                comment.id,
                comment.proposalId,
                row.title(),
                comment.parentId,
                comment.depth,
                new AuthorView(comment.authorId, row.authorName()),
                deleted || !comment.isReadBy(viewer) ? null : comment.content,
                comment.createdAt,
                comment.revision,
                comment.editedAt,
                deleted,
                comment.hiddenAt != null,
                comment.hideReason,
                new Can(own, own, !deleted && GovernanceRights.mayHide(viewer)));
    }
}
