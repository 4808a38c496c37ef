package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.townsquare.communities.Member;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Unprocessable;

/** What one of the council said of a proposal. Never changes. */
@Entity
@Table(name = "review")
public class Review extends ActiveRecord {
    public UUID communityId;
    public UUID proposalId;
    public UUID reviewerId;

    @Enumerated(EnumType.STRING)
    public ReviewDecision decision;

    public String note;

    Review() {}

    /** A page of what was said of a proposal that the viewer has found, in order of time. */
    static Uni<List<Review>> page(Proposal proposal, Paging paging) {
        return Review.<Review>find(
                        "communityId = ?1 and proposalId = ?2 and id > ?3 order by id",
                        proposal.communityId,
                        proposal.id,
                        paging.after(Cursor.of(new UUID(0, 0))).id())
                .page(0, paging.rows())
                .list();
    }

    /** Problems: {@code note-needed}. */
    static Review of(Proposal proposal, Member by, ReviewProposal in) {
        String note = in.noteText();
        if (note.isEmpty() && in.decision() != ReviewDecision.APPROVE)
            throw new Unprocessable("note-needed", "Tell the author why.");
        Review review = new Review();
        review.communityId = proposal.communityId;
        review.proposalId = proposal.id;
        review.reviewerId = by.userId;
        review.decision = in.decision();
        review.note = note;
        return review;
    }

    ProposalReviewed reviewed() {
        return new ProposalReviewed(
                communityId, proposalId, id, decision, new PrivateText(note.isEmpty() ? null : note));
    }
}
