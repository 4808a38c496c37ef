package org.townsquare.governance;

import org.townsquare.governance.Decision.Predicate;

/**
 * What a rule asks and what counts come to, in words that need no formula. Exact as the formula is: where a share is asked the least number that reaches
 * it is told.
 *
 * @param weighted whether votes count by weight, so that the numbers are none of people
 */
record Explanation(RuleTerms rule, Counts counts, boolean weighted) {

    ExplainedTally.Condition of(Predicate predicate) {
        return new ExplainedTally.Condition(
                predicate.name(),
                predicate.formula(),
                predicate.left(),
                predicate.comparison(),
                predicate.right(),
                predicate.holds(),
                sentence(predicate.name()) + (predicate.holds() ? " This is met." : " This is not met."));
    }

    /** The whole in one or two sentences. */
    String of(Outcome outcome, OutcomeReason reason, boolean decided) {
        String verdict = decided
                ? (outcome == Outcome.PASSED ? "The proposal passed" : "The proposal was rejected")
                : "The vote is open. If it ended now, the proposal "
                        + (outcome == Outcome.PASSED ? "would pass" : "would be rejected");
        return reason == OutcomeReason.CANCELLED
                ? "The vote was cancelled: what was counted until then decides nothing. " + counted()
                : verdict + ": " + why(reason) + " " + counted();
    }

    private String why(OutcomeReason reason) {
        return switch (reason) {
            case NO_VOTES -> "nobody voted.";
            case QUORUM_NOT_MET -> "too few " + did(2) + " for the quorum.";
            case TIE -> "as many were against as in favour, and a tie leaves things as they are.";
            case THRESHOLD_NOT_MET -> "too few were in favour.";
            case THRESHOLD_MET -> "every condition of its rule is met.";
            case DISCARDED, WITHDRAWN, REVIEW_REJECTED, CANCELLED ->
                throw new IllegalStateException("no outcome of a count: " + reason);
        };
    }

    private String counted() {
        String sums = "In favour " + counts.yes() + ", against " + counts.no() + ", abstained " + counts.abstain()
                + ", of " + counts.electorate();
        return weighted ? sums + ", each counted by weight." : sums + ".";
    }

    private String sentence(String predicate) {
        return switch (predicate) {
            case "quorum" -> quorum();
            case "quorum-at-least" ->
                "At least " + rule.quorumAtLeast() + " must " + must() + "; " + present() + " " + did(present()) + ".";
            case "ahead" ->
                "More must be in favour than against; " + counts.yes() + " in favour, " + counts.no() + " against.";
            case "floor" -> "At least " + rule.yesAtLeast() + " must be in favour; " + were(counts.yes()) + ".";
            default ->
                threshold(rule.thresholds().get(Integer.parseInt(predicate.substring("threshold-".length())) - 1));
        };
    }

    private String quorum() {
        if (rule.quorumNum() == 0) return "No share of the electorate must " + must() + ".";
        long needed = ceiling(rule.quorumNum() * counts.electorate(), rule.quorumDen());
        return share(rule.quorumNum(), rule.quorumDen()) + " of the electorate must " + must() + ": that is " + needed
                + " of " + counts.electorate() + "; " + present() + " " + did(present()) + ".";
    }

    private String threshold(RuleTerms.Threshold threshold) {
        long base =
                switch (threshold.base()) {
                    case CAST -> counts.cast();
                    case PRESENT -> counts.present();
                    case ELECTORATE -> counts.electorate();
                };
        String whole =
                switch (threshold.base()) {
                    case CAST -> "those who voted for or against";
                    case PRESENT -> "those who voted or abstained";
                    case ELECTORATE -> "the electorate";
                };
        String asked = (threshold.strict()
                        ? "More than " + part(threshold.num(), threshold.den())
                        : share(threshold.num(), threshold.den()))
                + " of " + whole + " must be in favour";
        if (base == 0) return asked + "; there was nobody.";
        long needed = threshold.strict()
                ? threshold.num() * base / threshold.den() + 1
                : ceiling(threshold.num() * base, threshold.den());
        return asked + ": that is " + needed + " of " + base + "; " + were(counts.yes()) + ".";
    }

    private static String share(int num, int den) {
        return num == den ? "All" : "At least " + part(num, den);
    }

    private static String part(int num, int den) {
        if (num == den) return "all";
        return 2 * num == den ? "half" : num + "/" + den;
    }

    private static String were(long number) {
        return number + (number == 1 ? " was" : " were");
    }

    private static long ceiling(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** As many as the quorum counts. */
    private long present() {
        return switch (rule.quorumKind()) {
            case NONE, PARTICIPATION -> counts.present();
            case AFFIRMATIVE -> counts.yes();
            case YES_PLUS_ABSTAIN -> counts.yes() + counts.abstain();
        };
    }

    private String must() {
        return switch (rule.quorumKind()) {
            case NONE, PARTICIPATION -> "take part";
            case AFFIRMATIVE -> "be in favour";
            case YES_PLUS_ABSTAIN -> "be in favour or abstain";
        };
    }

    private String did(long number) {
        String were = number == 1 ? "was" : "were";
        return switch (rule.quorumKind()) {
            case NONE, PARTICIPATION -> "took part";
            case AFFIRMATIVE -> were + " in favour";
            case YES_PLUS_ABSTAIN -> were + " in favour or abstained";
        };
    }
}
