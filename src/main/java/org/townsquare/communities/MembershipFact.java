package org.townsquare.communities;

import java.util.UUID;
import org.townsquare.journal.Fact;

/** What happened to a membership. The user that it is may read of it. */
interface MembershipFact extends Fact {
    UUID memberId();

    UUID userId();

    @Override
    default Subject subject() {
        return new Subject("member", memberId());
    }

    @Override
    default UUID person() {
        return userId();
    }

    @Override
    default Audience audience() {
        return Audience.MEMBER;
    }
}
