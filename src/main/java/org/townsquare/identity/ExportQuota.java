package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.townsquare.platform.SessionConnection;

/** How often somebody may take lists of people along: 10 an hour. */
@Singleton
public class ExportQuota {
    private static final Quota OF_USER = new Quota(10, Duration.ofHours(1));

    private final Throttle throttle;
    private final Pepper pepper;

    ExportQuota(Throttle throttle, Pepper pepper) {
        this.throttle = throttle;
        this.pepper = pepper;
    }

    /** Takes one, in the caller's session and transaction. Problems: {@code too-many-tries}. */
    public Uni<Void> take(UUID user) {
        return Panache.getSession()
                .chain(session -> throttle.require(
                        new SessionConnection(session), pepper.hmac("exports-by", user.toString()), OF_USER));
    }
}
