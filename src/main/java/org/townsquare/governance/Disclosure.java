package org.townsquare.governance;

/** Who sees what of a vote. The one place that says so: tallies, lists and items all ask it. */
final class Disclosure {
    private Disclosure() {}

    /** Whether those who see the proposal see the counts: always after the close, before it where the rule says LIVE. */
    static boolean showsCounts(ProposalStatus status, Results results) {
        return status != ProposalStatus.VOTING || results == Results.LIVE;
    }
}
