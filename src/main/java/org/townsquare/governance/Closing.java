package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;

/** The end of a vote, whoever brings it about: recount, outcome, final tally and fact in the transaction that holds the proposal. */
@Singleton
class Closing {
    private final Journal journal;

    Closing(Journal journal) {
        this.journal = journal;
    }

    Uni<Void> close(Proposal proposal, Actor who, Function<Recount, ProposalClosed> act) {
        return Recount.of(proposal).chain(recount -> {
            ProposalClosed closed = act.apply(recount);
            return ProposalTally.of(proposal)
                    .invoke(tally -> tally.finish(recount))
                    .chain(() -> journal.record(who, closed));
        });
    }
}
