package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.townsquare.platform.ActiveRecord;

/** A signed-in device. Only the hash of its token is kept. */
@Entity
@Table(name = "session")
public class Session extends ActiveRecord {
    static final Duration LIFE = Duration.ofDays(30);

    public UUID userId;
    public byte[] tokenHash;
    public Instant expiresAt;

    Session() {}

    static Session open(UUID userId, Token token, Instant now) {
        Session session = new Session();
        session.userId = userId;
        session.tokenHash = token.hash();
        session.expiresAt = now.plus(LIFE);
        return session;
    }

    /** Ends it at once, on every replica: the look-up of the next request finds it no more. */
    static Uni<Long> end(UUID userId, UUID sessionId) {
        return delete("userId = ?1 and id = ?2", userId, sessionId);
    }

    SignedIn signedIn() {
        return new SignedIn(userId, id);
    }
}
