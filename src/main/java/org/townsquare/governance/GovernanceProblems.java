package org.townsquare.governance;

import jakarta.inject.Singleton;
import java.util.Map;
import org.townsquare.platform.ConstraintProblems;
import org.townsquare.platform.Problem;

@Singleton
class GovernanceProblems implements ConstraintProblems {
    @Override
    public Map<String, Problem> byConstraint() {
        return Map.of(
                "proposal_rule",
                new Problem.Unprocessable("rule-unknown", "The community has no decision rule with this id."),
                "question_rule",
                new Problem.Unprocessable("rule-unknown", "The community has no decision rule with this id."),
                "question_option_label",
                new Problem.Unprocessable("option-repeated", "Two options have the same label."));
    }
}
