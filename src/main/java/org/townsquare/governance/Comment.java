package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.TooMany;
import org.townsquare.platform.Problem.Unprocessable;

/** What somebody says of a proposal, or of what another said. Deleted it keeps its place in the thread, and nothing else. */
@Entity
@Table(name = "comment")
public class Comment extends ActiveRecord {
    private static final int DEEPEST = 4;

    /** A comment is found by way of its proposal, which the viewer sees. */
    private static final String WITH_NAMES =
            "select c, u.name, p.title from Comment c join Proposal p on p.id = c.proposalId join User u on u.id = c.authorId where ";

    public UUID communityId;
    public UUID proposalId;
    public UUID authorId;
    public @Nullable UUID parentId;
    public short depth;
    public String content;
    public int revision;
    public @Nullable Instant editedAt;
    public @Nullable Instant hiddenAt;
    public @Nullable UUID hiddenBy;
    public @Nullable String hideReason;
    public @Nullable Instant deletedAt;

    Comment() {}

    /** One on a proposal that the viewer sees; else {@code not-found}. */
    static Uni<Comment> visibleTo(Viewer viewer, UUID id) {
        return seen(viewer, id, LockModeType.NONE);
    }

    /** The same, locked for an act. */
    static Uni<Comment> heldBy(Viewer viewer, UUID id) {
        return seen(viewer, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Uni<Comment> seen(Viewer viewer, UUID id, LockModeType lock) {
        return Comment.<Comment>find("id", id)
                .withLock(lock)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .call(comment -> Proposal.visibleTo(viewer, comment.proposalId));
    }

    /** With the name of its author and the title of its proposal. */
    static Uni<CommentRow> row(Comment comment) {
        return Comment.find(WITH_NAMES + "c.communityId = ?1 and c.id = ?2", comment.communityId, comment.id)
                .project(CommentRow.class)
                .singleResult();
    }

    /** A page of the comments on a proposal that the viewer has found, in order of time. */
    static Uni<List<CommentRow>> page(Proposal proposal, Paging paging) {
        return Comment.find(
                        WITH_NAMES + "c.proposalId = ?1 and c.id > ?2 order by c.id",
                        proposal.id,
                        paging.after(Cursor.of(new UUID(0, 0))).id())
                .project(CommentRow.class)
                .page(0, paging.rows())
                .list();
    }

    /** A page of the viewer's own that are not deleted, on proposals that the viewer sees; newest first. */
    static Uni<List<CommentRow>> page(Viewer viewer, Paging paging) {
        UUID within = viewer.within();
        var values = new ArrayList<Object>(List.of(
                viewer.userId(), paging.after(Cursor.of(new UUID(-1, -1))).id()));
        if (within != null) values.add(within);
        return Comment.find(
                        "select k, u.name, p.title from Comment k join Proposal p on p.id = k.proposalId join User u on u.id = k.authorId "
                                + "join Community c on c.id = k.communityId where k.authorId = ?1 and k.id < ?2 and k.deletedAt is null and "
                                + Proposal.EXISTS + " and " + Community.SEEN
                                + (within == null ? "" : " and c.id = ?3") + " order by k.id desc",
                        values.toArray())
                .project(CommentRow.class)
                .page(0, paging.rows())
                .list();
    }

    /** When the member wrote the comment that is so many back; null where there are not as many, or none is asked for. Holds the member, so that comments at once count each other. */
    static Uni<@Nullable Instant> nthLast(Member by, int nth) {
        if (nth == 0) return Uni.createFrom().nullItem();
        return Member.heldIn(by.communityId, by.userId)
                .chain(() -> Comment.find(
                                "select c.createdAt from Comment c where c.communityId = ?1 and c.authorId = ?2 order by c.id desc",
                                by.communityId,
                                by.userId)
                        .project(Instant.class)
                        .range(nth - 1, nth - 1)
                        .firstResult());
    }

    /** The one that a new comment on this proposal answers. Problems: {@code parent-unknown}. */
    static Uni<@Nullable Comment> answered(Proposal on, @Nullable UUID parentId) {
        if (parentId == null) return Uni.createFrom().nullItem();
        return Comment.<Comment>find(
                        "communityId = ?1 and proposalId = ?2 and id = ?3", on.communityId, on.id, parentId)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> new Unprocessable("parent-unknown", "There is no such comment on the proposal."));
    }

    /**
     * Problems: {@code members-only}, {@code discussion-closed}, {@code too-many-comments}, {@code thread-too-deep}.
     *
     * @param first when the earliest of as many comments as an hour may have was written
     * @param now the database's clock
     */
    static Comment post(
            Member by, Proposal on, PostComment in, @Nullable Comment parent, @Nullable Instant first, Instant now) {
        GovernanceRights.requireToComment(by);
        on.requireDiscussion(now);
        if (first != null && first.isAfter(now.minus(Duration.ofHours(1))))
            throw new TooMany(
                    "too-many-comments",
                    "You write too much at once.",
                    Duration.between(now, first.plus(Duration.ofHours(1))));
        if (parent != null && parent.depth >= DEEPEST)
            throw new Unprocessable("thread-too-deep", "An answer to it would stand too deep: answer one above it.");
        Comment comment = new Comment();
        comment.communityId = on.communityId;
        comment.proposalId = on.id;
        comment.authorId = by.userId;
        comment.parentId = parent == null ? null : parent.id;
        comment.depth = (short) (parent == null ? 0 : parent.depth + 1);
        comment.content = in.content();
        return comment;
    }

    CommentPosted posted() {
        return new CommentPosted(communityId, id, proposalId);
    }

    /** What happened: nothing, where the text is the same. Problems: {@code members-only}, {@code not-the-author}, {@code comment-deleted}, {@code discussion-closed}. */
    List<CommentEdited> edit(Member by, Proposal on, EditComment in, Instant now) {
        GovernanceRights.requireToEdit(by, this);
        requireUndeleted();
        on.requireDiscussion(now);
        if (content.equals(in.content())) return List.of();
        content = in.content();
        revision++;
        editedAt = now;
        return List.of(new CommentEdited(communityId, id, proposalId, revision));
    }

    /** What happened: nothing, where it is deleted. Problems: {@code members-only}, {@code not-the-author}. */
    List<CommentDeleted> delete(Member by, Instant now) {
        GovernanceRights.requireToEdit(by, this);
        if (deletedAt != null) return List.of();
        content = "";
        deletedAt = now;
        return List.of(new CommentDeleted(communityId, id, proposalId));
    }

    /** What happened: nothing, where it is hidden. Problems: {@code members-only}, {@code not-allowed}, {@code comment-deleted}. */
    List<CommentHidden> hide(Member by, HideComment in, Instant now) {
        GovernanceRights.requireToHide(by);
        requireUndeleted();
        if (hiddenAt != null) return List.of();
        hiddenAt = now;
        hiddenBy = by.userId;
        hideReason = in.reason().strip();
        return List.of(new CommentHidden(communityId, id, proposalId, new PrivateText(hideReason)));
    }

    /** What happened: nothing, where it is shown. Problems: {@code members-only}, {@code not-allowed}. */
    List<CommentShown> show(Member by) {
        GovernanceRights.requireToHide(by);
        if (hiddenAt == null) return List.of();
        hiddenAt = null;
        hiddenBy = null;
        hideReason = null;
        return List.of(new CommentShown(communityId, id, proposalId));
    }

    /** Problems: {@code comment-hidden}. */
    void requireReadBy(Member viewer) {
        if (!isReadBy(viewer)) throw new Forbidden("comment-hidden", "The comment is hidden.");
    }

    private void requireUndeleted() {
        if (deletedAt != null) throw new Conflict("comment-deleted", "The comment is deleted.");
    }

    /** Whether the viewer reads the text: what is hidden, moderators and its author. */
    boolean isReadBy(Member viewer) {
        return hiddenAt == null || authorId.equals(viewer.userId) || GovernanceRights.mayHide(viewer);
    }
}
