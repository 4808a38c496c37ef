package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Forbidden;

/** That it is really the user who changes what guards the account: the password again, or, for an account without one, a session just opened. */
@ApplicationScoped
class FreshProof {
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final PasswordTries tries;
    private final Clock clock;

    FreshProof(PasswordTries tries, Clock clock) {
        this.tries = tries;
        this.clock = clock;
    }

    /**
     * Called while no session of the database is open, since a password is hashed. A wrong one counts as one at sign-in. Problems: {@code proof-needed},
     * {@code too-many-tries}, {@code busy}.
     */
    Uni<Void> require(SignedInUser user, @Nullable String password) {
        return tries.ofUser(user.id()).chain(asked -> {
            if (asked.hash() == null) {
                if (user.since().plus(FRESH).isBefore(clock.instant())) throw needed();
                return Uni.createFrom().voidItem();
            }
            if (password == null) throw needed();
            return tries.matches(asked, password)
                    .invoke(matches -> {
                        if (!matches) throw needed();
                    })
                    .replaceWithVoid();
        });
    }

    private static Forbidden needed() {
        return new Forbidden(
                "proof-needed", "Send your password again with this request; or sign in anew, if you have none.");
    }
}
