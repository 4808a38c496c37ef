package org.townsquare.identity;

import jakarta.inject.Singleton;
import java.util.Map;
import org.townsquare.platform.ConstraintProblems;
import org.townsquare.platform.Problem;

@Singleton
class IdentityProblems implements ConstraintProblems {
    @Override
    public Map<String, Problem> byConstraint() {
        return Map.of(
                "user_email",
                new Problem.Conflict("email-taken", "There is an account with this e-mail: sign in."),
                "verification_one_open",
                new Problem.Conflict("changed-meanwhile", "The same was asked for at the same moment."));
    }
}
