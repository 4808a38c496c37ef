package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.townsquare.journal.Actor;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem;

/**
 * Wrong guesses at codes and tokens that somebody else gave out: 30 in ten minutes a user, 600 an anonymous network. They are counted by the database
 * for all replicas, and only they, so that a right code costs nothing more. Who has used them up is refused before the next guess is looked at; another
 * replica learns it from the first wrong one there.
 */
@Singleton
public class Guesses {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Quota OF_USER = new Quota(30, WINDOW);
    private static final Quota OF_NETWORK = new Quota(600, WINDOW);

    /** More than are refused at one time; a flood of them is forgotten, and counted by the database all the same. */
    private static final int MOST = 50_000;

    private final Throttle throttle;
    private final Pepper pepper;
    private final Clock clock;
    private final Map<Digest, Instant> refused = new ConcurrentHashMap<>();

    Guesses(Throttle throttle, Pepper pepper, Clock clock) {
        this.throttle = throttle;
        this.pepper = pepper;
        this.clock = clock;
    }

    /**
     * Lets somebody guess. Problems: {@code too-many-tries}, and those of the guess.
     *
     * @param wrong the code of the problem that a wrong guess ends in
     */
    public <T> Uni<T> counted(Actor who, String wrong, Supplier<Uni<T>> guess) {
        if (!refused.isEmpty()) requireAllowed(bucket(who));
        return guess.get()
                .onFailure(e -> e instanceof Problem problem && problem.code.equals(wrong))
                .recoverWithUni(e -> count(who).chain(() -> Uni.createFrom().failure(e)));
    }

    private void requireAllowed(Digest bucket) {
        Instant until = refused.get(bucket);
        if (until == null) return;
        Duration wait = Duration.between(clock.instant(), until);
        if (wait.isNegative()) refused.remove(bucket);
        Throttle.refuse(wait);
    }

    private Uni<Void> count(Actor who) {
        Digest bucket = bucket(who);
        return throttle.take(bucket, who.actorId() == null ? OF_NETWORK : OF_USER)
                .invoke(wait -> {
                    if (wait.isZero()) return;
                    if (refused.size() >= MOST) refused.clear();
                    refused.put(bucket, clock.instant().plus(wait));
                    Throttle.refuse(wait);
                })
                .replaceWithVoid();
    }

    private Digest bucket(Actor who) {
        UUID user = who.actorId();
        if (user != null) return pepper.hmac("guesses", user.toString());
        Actor.Origin origin = who.origin();
        return pepper.hmac(
                "guesses-from",
                pepper.network(origin == null ? "unknown" : origin.ip()).text());
    }
}
