package org.townsquare.governance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.CanonicalJson;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Paging;

/** A text that a proposal has, or had. */
@Entity
@Table(name = "proposal_text")
public class ProposalText extends ActiveRecord {
    public UUID communityId;
    public UUID proposalId;
    public int revision;
    public String title;
    public String description;

    /** When it was handed to the council; null for one that only the author saw. */
    public @Nullable Instant submittedAt;

    ProposalText() {}

    /** Keeps the text of a proposal that the caller holds or has just made, unless it is the one kept last. */
    static Uni<Void> keep(Proposal proposal) {
        return last(proposal).chain(last -> {
            if (last != null && last.isThatOf(proposal)) return Uni.createFrom().voidItem();
            return next(proposal, last == null ? 0 : last.revision + 1)
                    .persist()
                    .replaceWithVoid();
        });
    }

    /** Marks the text of a proposal that the caller holds as the one that others see from now on. */
    static Uni<Void> handIn(Proposal proposal) {
        return last(proposal)
                .invoke(text -> text.submitted(proposal.submittedAt))
                .replaceWithVoid();
    }

    private static Uni<ProposalText> last(Proposal proposal) {
        return ProposalText.<ProposalText>find(
                        "communityId = ?1 and proposalId = ?2 order by revision desc",
                        proposal.communityId,
                        proposal.id)
                .firstResult();
    }

    /** A page of the texts of a proposal that the viewer has found, newest first: every one for its author, those that were handed in for others. */
    static Uni<List<ProposalText>> page(Proposal proposal, Viewer viewer, Paging paging) {
        boolean own = proposal.authorId.equals(viewer.userIdOrNobody());
        return ProposalText.<ProposalText>find(
                        "communityId = ?1 and proposalId = ?2 and id < ?3" + (own ? "" : " and submittedAt is not null")
                                + " order by id desc",
                        proposal.communityId,
                        proposal.id,
                        paging.after(Cursor.of(new UUID(-1, -1))).id())
                .page(0, paging.rows())
                .list();
    }

    private void submitted(@Nullable Instant at) {
        if (submittedAt == null) submittedAt = at;
    }

    private static ProposalText next(Proposal proposal, int revision) {
        ProposalText text = new ProposalText();
        text.communityId = proposal.communityId;
        text.proposalId = proposal.id;
        text.revision = revision;
        text.title = proposal.title;
        text.description = proposal.description;
        return text;
    }

    /** SHA-256 of {@code {"description":…,"title":…}} as RFC 8785 writes it. */
    static Digest hash(String title, String description) {
        String text = CanonicalJson.write(
                JsonNodeFactory.instance.objectNode().put("title", title).put("description", description));
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isThatOf(Proposal proposal) {
        return title.equals(proposal.title) && description.equals(proposal.description);
    }
}
