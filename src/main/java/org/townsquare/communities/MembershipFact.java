package org.townsquare.communities;

import java.util.UUID;
import org.townsquare.journal.Fact;

/** What happened to a membership. */
interface MembershipFact extends Fact {
    UUID memberId();

    @Override
    default Subject subject() {
        return new Subject("member", memberId());
    }

    @Override
    default Audience audience() {
        return Audience.MEMBER;
    }
}
