package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.townsquare.platform.SessionConnection;

/** How many invitations may be mailed: 3 an hour to one address, whoever sends them, and 100 an hour by one sender. */
@Singleton
public class InvitationQuota {
    private static final Quota OF_ADDRESS = new Quota(3, Duration.ofHours(1));
    private static final Quota OF_SENDER = new Quota(100, Duration.ofHours(1));

    private final Throttle throttle;
    private final Pepper pepper;

    InvitationQuota(Throttle throttle, Pepper pepper) {
        this.throttle = throttle;
        this.pepper = pepper;
    }

    /** Takes one, in the caller's session and transaction: what is not sent is not counted. Problems: {@code too-many-tries}. */
    public Uni<Void> take(UUID sender, String address) {
        return Panache.getSession()
                .map(SessionConnection::new)
                .chain(connection -> throttle.require(
                                connection, pepper.hmac("invitations-to", address.toLowerCase(Locale.ROOT)), OF_ADDRESS)
                        .chain(() -> throttle.require(
                                connection, pepper.hmac("invitations-by", sender.toString()), OF_SENDER)));
    }
}
