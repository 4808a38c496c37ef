package org.townsquare.communities;

import jakarta.inject.Singleton;
import java.util.Map;
import org.townsquare.platform.ConstraintProblems;
import org.townsquare.platform.Problem;

@Singleton
class CommunityProblems implements ConstraintProblems {
    @Override
    public Map<String, Problem> byConstraint() {
        return Map.of(
                "market_code", new Problem.Conflict("market-code-taken", "Another market has this code."),
                "community_slug", new Problem.Conflict("slug-taken", "Another community has this slug."),
                "community_metadata",
                        new Problem.Unprocessable("metadata-too-large", "The metadata is an object of at most 16 kB."),
                "member_once", new Problem.Conflict("already-a-member", "You joined at the same moment."));
    }
}
