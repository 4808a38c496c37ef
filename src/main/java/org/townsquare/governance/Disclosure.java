package org.townsquare.governance;

import org.townsquare.communities.Member;
import org.townsquare.platform.Problem.Forbidden;

/** Who sees what of a vote. The one place that says so: tallies, lists and items all ask it. */
final class Disclosure {
    private Disclosure() {}

    /** Whether those who see the proposal see the counts: always after the close, before it where the rule says LIVE. */
    static boolean showsCounts(ProposalStatus status, Results results) {
        return status != ProposalStatus.VOTING || results == Results.LIVE;
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
        if (question.secrecy == Secrecy.MEMBERS && !viewer.mayRead())
            throw new Forbidden("votes-not-disclosed", "Members alone learn who answered what.");
    }

    private static Forbidden sealed() {
        return new Forbidden("results-sealed", "This is shown after the close.");
    }
}
