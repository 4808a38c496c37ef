package org.townsquare.communities;

import java.util.UUID;
import org.townsquare.journal.Fact;

/** What happened to an invitation. */
interface InvitationFact extends Fact {
    UUID invitationId();

    @Override
    default Subject subject() {
        return new Subject("invitation", invitationId());
    }

    @Override
    default Audience audience() {
        return Audience.MEMBER;
    }
}
