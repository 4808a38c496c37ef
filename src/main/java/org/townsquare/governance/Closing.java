package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Function;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Fact;
import org.townsquare.journal.Journal;

/** The end of a vote, whoever brings it about: recount, outcome, final tally and fact in the transaction that holds the proposal. */
@Singleton
class Closing {
    private final Journal journal;

    Closing(Journal journal) {
        this.journal = journal;
    }

    /** By a member, who is judged before anything is locked or counted: whoever may not close keeps no vote waiting. Judged again under the lock. */
    Uni<Proposal> close(Viewer viewer, UUID id) {
        return Proposal.glimpsedBy(viewer, id)
                .call(seen -> {
                    Member by = viewer.in(seen.communityId);
                    by.requireUnbarred();
                    return Turnout.of(seen, by).invoke(turnout -> seen.requireClosable(by, turnout));
                })
                .chain(() -> Proposal.heldToClose(viewer, id))
                .call(proposal ->
                        close(proposal, viewer, recount -> proposal.close(viewer.in(proposal.communityId), recount)));
    }

    /** The end without a decision, judged as {@link #close(Viewer, UUID)}. */
    Uni<Proposal> cancel(Viewer viewer, UUID id, CancelProposal in) {
        return Proposal.glimpsedToCancel(viewer, id)
                .invoke(seen -> seen.requireCancellable(viewer))
                .chain(seen -> Proposal.heldToCancel(viewer, seen))
                .call(proposal -> close(proposal, viewer, recount -> proposal.cancel(viewer, in, recount)));
    }

    /** Of a proposal that the caller holds. */
    Uni<Void> close(Proposal proposal, Actor who, Function<Recount, Fact> act) {
        return Recount.of(proposal).chain(recount -> finish(proposal, who, recount, act));
    }

    /** Of a proposal that the caller holds, by the clock, if every elector has voted. */
    Uni<Void> closeIfComplete(Proposal proposal) {
        return Recount.of(proposal)
                .chain(recount -> recount.turnout().isComplete()
                        ? finish(proposal, Actor.SYSTEM, recount, proposal::close)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> finish(Proposal proposal, Actor who, Recount recount, Function<Recount, Fact> act) {
        Fact ended = act.apply(recount);
        return ProposalTally.of(proposal)
                .invoke(tally -> tally.finish(recount))
                .chain(() -> journal.record(who, ended));
    }
}
