package org.townsquare.governance;

/** A rule, and the one that is the default of its community; often the same. */
record Adoption(DecisionRule rule, DecisionRule current) {
    boolean isDone() {
        return rule.isDefault;
    }
}
