package org.townsquare.governance;

import static org.townsquare.governance.QuorumKind.AFFIRMATIVE;
import static org.townsquare.governance.QuorumKind.NONE;
import static org.townsquare.governance.QuorumKind.PARTICIPATION;
import static org.townsquare.governance.ThresholdBase.CAST;
import static org.townsquare.governance.ThresholdBase.ELECTORATE;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.townsquare.communities.OnFounding;
import org.townsquare.governance.RuleTerms.Threshold;

/** The rules that every community begins with. */
@Singleton
class Presets implements OnFounding {
    static final RuleTerms SIMPLE_MAJORITY = preset("simple-majority", new Threshold(CAST, 1, 2, true), NONE, 0, 1);
    static final RuleTerms TWO_THIRDS = preset("two-thirds", new Threshold(CAST, 2, 3, false), AFFIRMATIVE, 1, 10);
    static final RuleTerms ABSOLUTE_MAJORITY =
            preset("absolute-majority", new Threshold(ELECTORATE, 1, 2, true), NONE, 0, 1);
    static final RuleTerms UNANIMITY = preset("unanimity", new Threshold(CAST, 1, 1, false), PARTICIPATION, 1, 2);

    static final int WEEK = 604_800;
    static final int LEAP_YEAR = 31_622_400;

    @Override
    public Uni<Void> prepare(UUID communityId) {
        return DecisionRule.store(Stream.of(SIMPLE_MAJORITY, TWO_THIRDS, ABSOLUTE_MAJORITY, UNANIMITY)
                .map(terms -> DecisionRule.write(communityId, terms, terms.equals(SIMPLE_MAJORITY))));
    }

    private static RuleTerms preset(String name, Threshold threshold, QuorumKind quorum, int num, int den) {
        return new RuleTerms(
                name,
                1,
                List.of(),
                0,
                null,
                null,
                null,
                Weighting.EQUAL,
                Map.of(),
                quorum,
                num,
                den,
                0,
                1,
                List.of(threshold),
                0,
                WEEK,
                LEAP_YEAR,
                EarlyClose.ALL_VOTED,
                false,
                false,
                Secrecy.MEMBERS,
                Results.LIVE);
    }
}
