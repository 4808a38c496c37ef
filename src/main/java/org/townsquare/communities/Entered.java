package org.townsquare.communities;

import java.util.List;
import org.townsquare.journal.Fact;

/**
 * Who came into a community.
 *
 * @param facts what happened: nothing, where they were a member before, or had asked
 */
record Entered(Member member, List<? extends Fact> facts) {
    boolean anew() {
        return !facts.isEmpty();
    }
}
