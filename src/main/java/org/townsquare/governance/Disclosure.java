package org.townsquare.governance;

import org.townsquare.communities.Member;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Problem.Forbidden;

/** Who sees what of a vote. The one place that says so: tallies, lists, items and votes all ask it. */
final class Disclosure {
    private Disclosure() {}

    /** What of the single votes somebody sees. */
    enum Votes {
        /** Who voted. */
        VOTERS,
        /** Who voted what. */
        CHOICES
    }

    /** Whether those who see the proposal see the counts: always after the close, before it where the rule says LIVE. */
    static boolean showsCounts(ProposalStatus status, Results results) {
        return status != ProposalStatus.VOTING || results == Results.LIVE;
    }

    /** Refuses the counts of a vote that was opened. Problems: {@code results-sealed}. */
    static void requireCounts(Proposal proposal) {
        if (!showsCounts(proposal.status, proposal.terms().results()))
            throw new Forbidden("results-sealed", "The counts are shown when the vote is closed.");
    }

    /**
     * While a vote is open COUNCIL and ADMIN see who voted, and nobody what; once it is closed members see both, and all who see the proposal where the
     * rule makes its votes PUBLIC. Problems: {@code results-sealed}, {@code votes-not-disclosed}.
     */
    static Votes requireVotes(Member viewer, Proposal proposal) {
        boolean ever = proposal.terms().secrecy() == Secrecy.PUBLIC || viewer.mayRead();
        if (!ever) throw new Forbidden("votes-not-disclosed", "Only members see who voted, and what.");
        if (proposal.status != ProposalStatus.VOTING) return Votes.CHOICES;
        if (viewer.may(Permission.ELECTOR_READ)) return Votes.VOTERS;
        throw new Forbidden("results-sealed", "The votes are shown when the vote is closed.");
    }
}
