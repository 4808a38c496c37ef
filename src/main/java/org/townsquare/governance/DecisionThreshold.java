package org.townsquare.governance;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.UUID;

/** One share that a rule asks, as a row of the rule. */
@Embeddable
public record DecisionThreshold(
        UUID communityId,
        short position,
        @Enumerated(EnumType.STRING) ThresholdBase base,
        int num,
        int den,
        boolean strict) {
    static DecisionThreshold of(UUID communityId, int position, RuleTerms.Threshold terms) {
        return new DecisionThreshold(
                communityId, (short) position, terms.base(), terms.num(), terms.den(), terms.strict());
    }

    RuleTerms.Threshold terms() {
        return new RuleTerms.Threshold(base, num, den, strict);
    }
}
