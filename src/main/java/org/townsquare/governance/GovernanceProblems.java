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
                "decision_rule_attendance_group",
                new Problem.Unprocessable("group-unknown", "The community has no group of events with this id."),
                "proposal_presence_event",
                new Problem.Unprocessable("event-unknown", "The community has no event with this id."),
                "comment_parent",
                new Problem.Unprocessable("parent-unknown", "There is no comment with this id on the proposal."));
    }
}
