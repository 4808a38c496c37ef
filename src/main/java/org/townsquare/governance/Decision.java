package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;

/**
 * What counts come to under a rule, with everything that was asked. Exact: products of integers are compared, nothing is divided.
 *
 * @param predicates all of them, also those that did not matter any more
 */
@RegisterForReflection
record Decision(Outcome outcome, OutcomeReason reason, Sums counts, List<Predicate> predicates) {

    /** The counts as texts, since they may be larger than a number in JSON holds. */
    @RegisterForReflection
    record Sums(String yes, String no, String abstain, String electorate) {}

    /**
     * One condition: {@code left comparison right}. In the formula Y, N and A are the weights in favour, against and abstaining, T their sum, E that of
     * the electorate.
     */
    @RegisterForReflection
    record Predicate(String name, String formula, String left, String comparison, String right, boolean holds) {
        private static Predicate atLeast(String name, String formula, long left, long right) {
            return new Predicate(name, formula, Long.toString(left), ">=", Long.toString(right), left >= right);
        }

        private static Predicate moreThan(String name, String formula, long left, long right) {
            return new Predicate(name, formula, Long.toString(left), ">", Long.toString(right), left > right);
        }
    }

    /** PASSED iff every predicate holds. */
    static Decision of(RuleTerms rule, Counts counts) {
        List<Predicate> quorum = quorum(rule, counts);
        List<Predicate> thresholds = thresholds(rule, counts);
        OutcomeReason reason = reason(counts, all(quorum), all(thresholds));
        var predicates = new ArrayList<>(quorum);
        predicates.addAll(thresholds);
        return new Decision(
                reason == OutcomeReason.THRESHOLD_MET ? Outcome.PASSED : Outcome.REJECTED,
                reason,
                new Sums(
                        Long.toString(counts.yes()),
                        Long.toString(counts.no()),
                        Long.toString(counts.abstain()),
                        Long.toString(counts.electorate())),
                List.copyOf(predicates));
    }

    private static OutcomeReason reason(Counts counts, boolean quorum, boolean thresholds) {
        if (counts.present() == 0) return OutcomeReason.NO_VOTES;
        if (!quorum) return OutcomeReason.QUORUM_NOT_MET;
        if (counts.yes() == counts.no() && counts.yes() >= 1) return OutcomeReason.TIE;
        return thresholds ? OutcomeReason.THRESHOLD_MET : OutcomeReason.THRESHOLD_NOT_MET;
    }

    private static List<Predicate> quorum(RuleTerms rule, Counts counts) {
        return switch (rule.quorumKind()) {
            case NONE -> List.of();
            case PARTICIPATION -> quorum(rule, counts, "T", counts.present());
            case AFFIRMATIVE -> quorum(rule, counts, "Y", counts.yes());
            case YES_PLUS_ABSTAIN -> quorum(rule, counts, "(Y+A)", counts.yes() + counts.abstain());
        };
    }

    private static List<Predicate> quorum(RuleTerms rule, Counts counts, String symbol, long votes) {
        return List.of(
                Predicate.atLeast(
                        "quorum",
                        symbol + "*" + rule.quorumDen() + " >= " + rule.quorumNum() + "*E",
                        times(votes, rule.quorumDen()),
                        times(rule.quorumNum(), counts.electorate())),
                Predicate.atLeast(
                        "quorum-at-least", symbol + " >= " + rule.quorumAtLeast(), votes, rule.quorumAtLeast()));
    }

    private static List<Predicate> thresholds(RuleTerms rule, Counts counts) {
        var asked = new ArrayList<Predicate>();
        int position = 1;
        for (RuleTerms.Threshold threshold : rule.thresholds()) asked.add(threshold(position++, threshold, counts));
        asked.add(Predicate.moreThan("ahead", "Y > N", counts.yes(), counts.no()));
        asked.add(Predicate.atLeast("floor", "Y >= " + rule.yesAtLeast(), counts.yes(), rule.yesAtLeast()));
        return asked;
    }

    private static Predicate threshold(int position, RuleTerms.Threshold threshold, Counts counts) {
        String symbol =
                switch (threshold.base()) {
                    case CAST -> "(Y+N)";
                    case PRESENT -> "T";
                    case ELECTORATE -> "E";
                };
        long base =
                switch (threshold.base()) {
                    case CAST -> counts.cast();
                    case PRESENT -> counts.present();
                    case ELECTORATE -> counts.electorate();
                };
        String name = "threshold-" + position;
        String comparison = threshold.strict() ? " > " : " >= ";
        String formula = "Y*" + threshold.den() + comparison + threshold.num() + "*" + symbol;
        long left = times(counts.yes(), threshold.den());
        long right = times(threshold.num(), base);
        return threshold.strict()
                ? Predicate.moreThan(name, formula, left, right)
                : Predicate.atLeast(name, formula, left, right);
    }

    private static long times(long a, long b) {
        return Math.multiplyExact(a, b);
    }

    private static boolean all(List<Predicate> predicates) {
        return predicates.stream().allMatch(Predicate::holds);
    }
}
