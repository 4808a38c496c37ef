package org.townsquare.governance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.UUID;

/** A decision rule with what its community should know about it. */
record DecisionRuleView(
        UUID id, boolean isDefault, @JsonUnwrapped RuleTerms terms, List<RuleWarning> warnings) {
    static DecisionRuleView of(DecisionRule rule) {
        RuleTerms terms = rule.terms();
        return new DecisionRuleView(rule.id, rule.isDefault, terms, terms.warnings());
    }
}
