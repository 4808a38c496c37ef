package org.townsquare.governance;

import java.util.UUID;
import org.townsquare.journal.Fact;

/** Something that somebody did with their vote or ballot. Others read of it who may learn that they voted: {@link DisclosedVoters}. */
interface BallotFact extends Fact {
    /** The proposal or question. */
    UUID votedOn();

    @Override
    default Audience audience() {
        return Audience.BALLOT;
    }
}
