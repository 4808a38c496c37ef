package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Who took part in a question, of how many; blank ballots too.
 *
 * @param weight what their ballots weigh
 */
@RegisterForReflection
record QuestionTurnout(long voters, int electors, long weight, long totalWeight, boolean quorumMet) {
    /** Exact: nothing is divided. Only a quorum of participation is one that a question can miss. */
    static QuestionTurnout of(RuleTerms terms, long voters, int electors, long weight, long totalWeight) {
        boolean met = terms.quorumKind() != QuorumKind.PARTICIPATION
                || (Math.multiplyExact(weight, terms.quorumDen()) >= Math.multiplyExact(terms.quorumNum(), totalWeight)
                        && weight >= terms.quorumAtLeast());
        return new QuestionTurnout(voters, electors, weight, totalWeight, met);
    }
}
