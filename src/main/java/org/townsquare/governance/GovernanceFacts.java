package org.townsquare.governance;

import jakarta.inject.Singleton;
import java.util.List;
import org.townsquare.journal.Fact;
import org.townsquare.journal.FactKinds;

@Singleton
class GovernanceFacts implements FactKinds {
    @Override
    public List<Class<? extends Fact>> facts() {
        return List.of(
                RuleWritten.class,
                RuleAdopted.class,
                ProposalDrafted.class,
                ProposalEdited.class,
                ProposalSubmitted.class,
                ProposalReviewed.class,
                ProposalOpened.class,
                ProposalClosed.class,
                ProposalCancelled.class,
                ProposalWithdrawn.class,
                ProposalArchived.class,
                VoteCast.class,
                VoteChanged.class,
                VoteWithdrawn.class,
                CommentPosted.class,
                CommentEdited.class,
                CommentDeleted.class,
                CommentHidden.class,
                CommentShown.class);
    }
}
