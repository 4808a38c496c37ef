package org.townsquare.governance;

import org.townsquare.communities.Member;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Problem.Forbidden;

/** Who sees what of a vote. The one place that says so: tallies, lists, items, votes and the log all ask it. */
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

    /** Who voted, on a proposal or a question: COUNCIL and ADMIN while it is open; members once it is closed, and where its votes are PUBLIC all who see it. */
    static boolean showsVoters(Member viewer, boolean open, Secrecy secrecy) {
        return open ? viewer.may(Permission.ELECTOR_READ) : secrecy == Secrecy.PUBLIC || viewer.mayRead();
    }

    /**
     * Of a vote that was opened, who voted, and once it is closed who voted what: that is told to nobody before. Problems: {@code results-sealed}, {@code
     * votes-not-disclosed}.
     */
    static Votes requireVotes(Member viewer, Proposal proposal) {
        boolean open = proposal.status == ProposalStatus.VOTING;
        Secrecy secrecy = proposal.terms().secrecy();
        if (showsVoters(viewer, open, secrecy)) return open ? Votes.VOTERS : Votes.CHOICES;
        if (showsVoters(viewer, false, secrecy))
            throw new Forbidden("results-sealed", "The votes are shown when the vote is closed.");
        throw new Forbidden("votes-not-disclosed", "Only members see who voted, and what.");
    }

    /** The same of a question, after the opening. */
    static boolean showsCounts(Question question) {
        return switch (question.state) {
            case DRAFT -> false;
            case OPEN -> question.results == Results.LIVE;
            case CLOSED -> true;
        };
    }

    /** Problems: {@code results-sealed}. */
    static void requireCounts(Question question) {
        if (!showsCounts(question)) throw sealed();
    }

    /** What it came to, which nobody learns before the close. Problems: {@code results-sealed}. */
    static void requireResult(Question question) {
        if (question.state != QuestionState.CLOSED) throw sealed();
    }

    /** Who took part, in numbers: members, at any time. */
    static boolean showsTurnout(Question question, Member viewer) {
        return question.state != QuestionState.DRAFT && viewer.mayRead();
    }

    /** Who answered what: nobody before the close, then as its secrecy says. Problems: {@code results-sealed}, {@code votes-not-disclosed}. */
    static void requireBallots(Question question, Member viewer) {
        requireResult(question);
        if (!showsVoters(viewer, false, question.secrecy))
            throw new Forbidden("votes-not-disclosed", "Members alone learn who answered what.");
    }

    private static Forbidden sealed() {
        return new Forbidden("results-sealed", "This is shown after the close.");
    }
}
