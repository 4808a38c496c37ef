package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.governance.QuorumKind.AFFIRMATIVE;
import static org.townsquare.governance.QuorumKind.NONE;
import static org.townsquare.governance.QuorumKind.PARTICIPATION;
import static org.townsquare.governance.QuorumKind.YES_PLUS_ABSTAIN;
import static org.townsquare.governance.ThresholdBase.CAST;
import static org.townsquare.governance.ThresholdBase.ELECTORATE;
import static org.townsquare.governance.ThresholdBase.PRESENT;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.townsquare.governance.RuleTerms.Threshold;

class ExplanationTest {
    private static final Threshold HALF = new Threshold(CAST, 1, 2, true);
    private static final Threshold TWO_THIRDS = new Threshold(CAST, 2, 3, false);

    @Test
    void the_outcome_is_told_in_a_sentence() {
        RuleTerms rule = DecisionTest.rule(PARTICIPATION, 1, 5, 0, 1, HALF);
        assertEquals(
                "The proposal passed: every condition of its rule is met. In favour 15, against 5, abstained 1, of 100.",
                told(rule, 15, 5, 1));
        assertEquals(
                "The proposal was rejected: too few took part for the quorum. In favour 15, against 0, abstained 0, of 100.",
                told(rule, 15, 0, 0));
        assertEquals(
                "The proposal was rejected: as many were against as in favour, and a tie leaves things as they are. In favour 10, against 10, abstained 1, of 100.",
                told(rule, 10, 10, 1));
        assertEquals(
                "The proposal was rejected: too few were in favour. In favour 10, against 11, abstained 0, of 100.",
                told(rule, 10, 11, 0));
        assertEquals(
                "The proposal was rejected: nobody voted. In favour 0, against 0, abstained 0, of 100.",
                told(rule, 0, 0, 0));
    }

    @Test
    void an_open_vote_is_told_as_it_stands() {
        var words = new Explanation(Presets.SIMPLE_MAJORITY, new Counts(5, 1, 0, 10), true);
        assertEquals(
                "The vote is open. If it ended now, the proposal would pass: every condition of its rule is met. In favour 5, against 1, abstained 0, of 10, each counted by weight.",
                words.of(Outcome.PASSED, OutcomeReason.THRESHOLD_MET, false));
    }

    @Test
    void every_condition_is_told_with_the_least_number_that_meets_it() {
        assertEquals(
                List.of(
                        "At least 1/5 of the electorate must take part: that is 20 of 100; 11 took part. This is not met.",
                        "At least 4 must take part; 11 took part. This is met.",
                        "At least 2/3 of those who voted for or against must be in favour: that is 8 of 11; 7 were. This is not met.",
                        "More must be in favour than against; 7 in favour, 4 against. This is met.",
                        "At least 1 must be in favour; 7 were. This is met."),
                sentences(DecisionTest.rule(PARTICIPATION, 1, 5, 4, 1, TWO_THIRDS), 7, 4, 0));
        assertEquals(
                List.of(
                        "No share of the electorate must be in favour. This is met.",
                        "At least 5 must be in favour; 1 was in favour. This is not met.",
                        "More than half of the electorate must be in favour: that is 51 of 100; 1 was. This is not met.",
                        "At least 4/5 of those who voted or abstained must be in favour: that is 3 of 3; 1 was. This is not met.",
                        "More must be in favour than against; 1 in favour, 0 against. This is met.",
                        "At least 2 must be in favour; 1 was. This is not met."),
                sentences(
                        DecisionTest.rule(
                                AFFIRMATIVE,
                                0,
                                1,
                                5,
                                2,
                                new Threshold(ELECTORATE, 1, 2, true),
                                new Threshold(PRESENT, 4, 5, false)),
                        1,
                        0,
                        2));
        assertEquals(
                "At least 1/3 of the electorate must be in favour or abstain: that is 34 of 100; 3 were in favour or abstained. This is not met.",
                sentences(DecisionTest.rule(YES_PLUS_ABSTAIN, 1, 3, 0, 1, HALF), 1, 9, 2)
                        .get(0));
        assertEquals(
                "All of those who voted for or against must be in favour; there was nobody. This is met.",
                sentences(DecisionTest.rule(NONE, 0, 1, 0, 1, new Threshold(CAST, 1, 1, false)), 0, 0, 2)
                        .get(0));
    }

    /** Whatever the rule and the counts are: the number that is told is met exactly where the condition holds. */
    @Test
    void what_is_told_is_what_holds() {
        var told = Pattern.compile("that is (\\d+) of \\d+; (\\d+) ");
        int checked = 0;
        for (Threshold threshold : List.of(
                HALF,
                TWO_THIRDS,
                new Threshold(PRESENT, 51, 100, false),
                new Threshold(PRESENT, 3, 4, true),
                new Threshold(ELECTORATE, 1, 2, false),
                new Threshold(CAST, 1, 1, true)))
            for (QuorumKind quorum : List.of(PARTICIPATION, AFFIRMATIVE, YES_PLUS_ABSTAIN))
                for (int yes = 0; yes <= 9; yes++)
                    for (int no = 0; no <= 4; no++)
                        for (int abstain = 0; abstain <= 4; abstain++) {
                            RuleTerms rule = DecisionTest.rule(quorum, 2, 7, 0, 1, threshold);
                            var counts = new Counts(yes, no, abstain, 18);
                            var words = new Explanation(rule, counts, false);
                            for (var predicate : Decision.of(rule, counts).predicates()) {
                                var condition = words.of(predicate);
                                assertTrue(condition
                                        .sentence()
                                        .endsWith(predicate.holds() ? "This is met." : "This is not met."));
                                var numbers = told.matcher(condition.sentence());
                                if (!numbers.find()) continue;
                                checked++;
                                assertEquals(
                                        predicate.holds(),
                                        Long.parseLong(numbers.group(2)) >= Long.parseLong(numbers.group(1)),
                                        condition.toString());
                            }
                        }
        assertTrue(checked > 5000, "only " + checked);
    }

    private static String told(RuleTerms rule, long yes, long no, long abstain) {
        var counts = new Counts(yes, no, abstain, 100);
        Decision decision = Decision.of(rule, counts);
        return new Explanation(rule, counts, false).of(decision.outcome(), decision.reason(), true);
    }

    private static List<String> sentences(RuleTerms rule, long yes, long no, long abstain) {
        var counts = new Counts(yes, no, abstain, 100);
        var words = new Explanation(rule, counts, false);
        return Decision.of(rule, counts).predicates().stream()
                .map(it -> words.of(it).sentence())
                .toList();
    }
}
