package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.governance.Outcome.PASSED;
import static org.townsquare.governance.Outcome.REJECTED;
import static org.townsquare.governance.OutcomeReason.NO_VOTES;
import static org.townsquare.governance.OutcomeReason.QUORUM_NOT_MET;
import static org.townsquare.governance.OutcomeReason.THRESHOLD_MET;
import static org.townsquare.governance.OutcomeReason.THRESHOLD_NOT_MET;
import static org.townsquare.governance.OutcomeReason.TIE;
import static org.townsquare.governance.QuorumKind.AFFIRMATIVE;
import static org.townsquare.governance.QuorumKind.NONE;
import static org.townsquare.governance.QuorumKind.PARTICIPATION;
import static org.townsquare.governance.QuorumKind.YES_PLUS_ABSTAIN;
import static org.townsquare.governance.ThresholdBase.CAST;
import static org.townsquare.governance.ThresholdBase.ELECTORATE;
import static org.townsquare.governance.ThresholdBase.PRESENT;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.governance.RuleTerms.Threshold;
import org.townsquare.identity.Role;

class DecisionTest {
    private static final Threshold MORE_THAN_HALF = new Threshold(CAST, 1, 2, true);
    private static final Threshold HALF = new Threshold(CAST, 1, 2, false);
    private static final Threshold TWO_THIRDS = new Threshold(CAST, 2, 3, false);
    private static final Threshold HALF_OF_ALL = new Threshold(ELECTORATE, 1, 2, true);
    private static final Threshold HALF_OF_PRESENT = new Threshold(PRESENT, 1, 2, true);

    @Test
    void two_thirds_of_the_cast_and_half_of_the_present_disagree_both_ways() {
        assertEquals(THRESHOLD_MET, reason(100, 7, 4, 2, HALF_OF_PRESENT));
        assertEquals(THRESHOLD_NOT_MET, reason(100, 7, 4, 2, TWO_THIRDS));
        assertEquals(THRESHOLD_NOT_MET, reason(100, 2, 1, 10, HALF_OF_PRESENT));
        assertEquals(THRESHOLD_MET, reason(100, 2, 1, 10, TWO_THIRDS));
    }

    @Test
    void abstentions_count_among_the_present() {
        assertEquals(THRESHOLD_NOT_MET, reason(100, 11, 0, 3, new Threshold(PRESENT, 4, 5, false)));
        RuleTerms five = rule(PARTICIPATION, 0, 1, 5, 1, HALF_OF_PRESENT);
        assertEquals(THRESHOLD_NOT_MET, reason(five, 10, 3, 0, 3));
        assertEquals(THRESHOLD_MET, reason(five, 10, 3, 0, 2));
        assertEquals(QUORUM_NOT_MET, reason(five, 10, 3, 0, 1));
    }

    @Test
    void a_tie_leaves_things_as_they_are() {
        assertEquals(TIE, reason(100, 10, 10, 1, MORE_THAN_HALF));
        assertEquals(TIE, reason(100, 5, 5, 0, HALF));
    }

    @Test
    void nothing_is_decided_without_a_vote_in_favour() {
        assertEquals(NO_VOTES, reason(100, 0, 0, 0, HALF));
        assertEquals(THRESHOLD_NOT_MET, reason(100, 0, 0, 5, HALF));
    }

    @Test
    void shares_are_compared_exactly() {
        assertEquals(THRESHOLD_NOT_MET, reason(100, 66, 34, 0, TWO_THIRDS));
        assertEquals(THRESHOLD_MET, reason(100, 67, 33, 0, TWO_THIRDS));
        assertEquals(THRESHOLD_NOT_MET, reason(100, 50, 0, 0, HALF_OF_ALL));
        assertEquals(THRESHOLD_MET, reason(100, 51, 49, 0, HALF_OF_ALL));
        assertEquals(THRESHOLD_MET, reason(1000, 501, 499, 0, MORE_THAN_HALF));
        assertEquals(THRESHOLD_NOT_MET, reason(1000, 509, 491, 0, new Threshold(CAST, 51, 100, false)));
        assertEquals(THRESHOLD_MET, reason(1000, 510, 490, 0, new Threshold(CAST, 51, 100, false)));
        assertEquals(THRESHOLD_NOT_MET, reason(3, 2, 1, 0, new Threshold(CAST, 1, 1, false)));
        assertEquals(THRESHOLD_MET, reason(3, 3, 0, 0, new Threshold(CAST, 1, 1, false)));
    }

    @Test
    void a_participation_quorum_can_be_met_by_those_against() {
        RuleTerms fifth = rule(PARTICIPATION, 1, 5, 0, 1, MORE_THAN_HALF);
        assertEquals(QUORUM_NOT_MET, reason(fifth, 100, 15, 0, 0));
        assertEquals(THRESHOLD_MET, reason(fifth, 100, 15, 5, 0));
        RuleTerms half = rule(PARTICIPATION, 1, 2, 0, 1, MORE_THAN_HALF);
        assertEquals(QUORUM_NOT_MET, reason(half, 3, 1, 0, 0));
        assertEquals(THRESHOLD_MET, reason(half, 3, 2, 0, 0));
    }

    @Test
    void other_quorums_count_those_in_favour_or_all_but_those_against() {
        RuleTerms affirmative = rule(AFFIRMATIVE, 1, 5, 0, 1, MORE_THAN_HALF);
        assertEquals(QUORUM_NOT_MET, reason(affirmative, 100, 19, 0, 0));
        assertEquals(THRESHOLD_MET, reason(affirmative, 100, 20, 19, 61));
        RuleTerms notAgainst = rule(YES_PLUS_ABSTAIN, 1, 5, 0, 1, MORE_THAN_HALF);
        assertEquals(QUORUM_NOT_MET, reason(notAgainst, 100, 10, 0, 9));
        assertEquals(THRESHOLD_MET, reason(notAgainst, 100, 10, 0, 10));
    }

    @Test
    void the_largest_electorate_overflows_nothing() {
        long half = 5_000_000_000_000L;
        assertEquals(THRESHOLD_MET, reason(2 * half, half + 1, half - 1, 0, MORE_THAN_HALF));
        assertEquals(
                THRESHOLD_NOT_MET, reason(2 * half, half - 1, half + 1, 0, new Threshold(CAST, 5000, 10_000, false)));
    }

    @Test
    void the_floor_and_every_threshold_must_hold() {
        RuleTerms three = rule(NONE, 0, 1, 0, 3, MORE_THAN_HALF);
        assertEquals(THRESHOLD_NOT_MET, reason(three, 100, 2, 0, 0));
        assertEquals(THRESHOLD_MET, reason(three, 100, 3, 0, 0));
        RuleTerms both = rule(NONE, 0, 1, 0, 1, TWO_THIRDS, HALF_OF_ALL);
        assertEquals(THRESHOLD_NOT_MET, reason(both, 100, 50, 1, 0));
        assertEquals(THRESHOLD_MET, reason(both, 100, 51, 1, 0));
    }

    @Test
    void the_explanation_lists_every_predicate() {
        Decision decision = Decision.of(rule(PARTICIPATION, 1, 5, 4, 1, MORE_THAN_HALF), new Counts(2, 1, 0, 100));
        assertEquals(REJECTED, decision.outcome());
        assertEquals(new Decision.Sums("2", "1", "0", "100"), decision.counts());
        assertEquals(
                List.of("quorum", "quorum-at-least", "threshold-1", "ahead", "floor"),
                decision.predicates().stream().map(Decision.Predicate::name).toList());
        assertEquals(
                new Decision.Predicate("quorum", "T*5 >= 1*E", "15", ">=", "100", false),
                decision.predicates().get(0));
        assertEquals(
                new Decision.Predicate("threshold-1", "Y*2 > 1*(Y+N)", "4", ">", "3", true),
                decision.predicates().get(2));
    }

    @Test
    void passed_is_what_all_predicates_together_say() {
        for (int yes = 0; yes <= 6; yes++)
            for (int no = 0; no <= 6; no++)
                for (int abstain = 0; abstain <= 6; abstain++)
                    for (RuleTerms rule : List.of(
                            Presets.SIMPLE_MAJORITY,
                            Presets.TWO_THIRDS,
                            Presets.ABSOLUTE_MAJORITY,
                            Presets.UNANIMITY)) {
                        Decision decision = Decision.of(rule, new Counts(yes, no, abstain, 18));
                        boolean all = decision.predicates().stream().allMatch(Decision.Predicate::holds);
                        assertEquals(
                                all, decision.outcome() == PASSED, rule.name() + " " + yes + "/" + no + "/" + abstain);
                        assertEquals(decision.outcome() == PASSED, decision.reason() == THRESHOLD_MET);
                    }
    }

    @Test
    void a_copy_of_the_terms_says_the_same_in_one_text() {
        RuleTerms terms = Presets.TWO_THIRDS;
        RuleTerms copy = RuleTerms.of(new JsonObject(terms.canonical()));
        assertEquals(terms, copy);
        assertEquals(terms.canonical(), copy.canonical());
        assertTrue(terms.canonical().startsWith("{\"defaultVotingSeconds\":604800,\"earlyClose\":\"ALL_VOTED\""));
    }

    @Test
    void rules_warn_of_what_they_bring() {
        assertEquals(List.of(RuleWarning.NO_SHOW_PARADOX, RuleWarning.SHORT_VOTING), Presets.UNANIMITY.warnings());
        assertFalse(Presets.TWO_THIRDS.warnings().contains(RuleWarning.NO_SHOW_PARADOX));
    }

    private static OutcomeReason reason(long electorate, long yes, long no, long abstain, Threshold threshold) {
        return reason(rule(NONE, 0, 1, 0, 1, threshold), electorate, yes, no, abstain);
    }

    private static OutcomeReason reason(RuleTerms rule, long electorate, long yes, long no, long abstain) {
        return Decision.of(rule, new Counts(yes, no, abstain, electorate)).reason();
    }

    static RuleTerms rule(QuorumKind quorum, int num, int den, long atLeast, long floor, Threshold... thresholds) {
        return new RuleTerms(
                "test",
                1,
                new ArrayList<Role>(),
                0,
                null,
                null,
                null,
                Weighting.EQUAL,
                Map.of(),
                quorum,
                num,
                den,
                atLeast,
                floor,
                List.of(thresholds),
                0,
                60,
                60,
                EarlyClose.NEVER,
                false,
                false,
                Secrecy.MEMBERS,
                Results.LIVE);
    }
}
