package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Statement;

/** Somebody who has asked for an account and is to prove the e-mail first. Whether it has one already is not asked before the mail is sent. */
@Entity
@Table(name = "pending_sign_up")
public class PendingSignUp extends ActiveRecord {
    static final String TABLE = "pending_sign_up";
    static final Duration LIFETIME = Duration.ofHours(24);
    private static final Statement FINISH = Statement.of(PendingSignUp.class, "finish-sign-up.sql");

    public String name;
    public String email;
    public String passwordHash;
    public Instant expiresAt;

    PendingSignUp() {}

    /** Null where there is none; the token that names it is the caller's right to it. */
    static Uni<PendingSignUp> waiting(UUID id) {
        return PendingSignUp.<PendingSignUp>find("id", id).firstResult();
    }

    /** Takes it out, if it may still be used: of two at once one does. Problems: {@code token-spent}. */
    static Uni<Void> finish(UUID id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FINISH.sql())
                        .setParameter("id", id)
                        .executeUpdate())
                .invoke(rows -> {
                    if (rows == 0) throw Verification.spent();
                })
                .replaceWithVoid();
    }

    static PendingSignUp of(SignUp in, String hash, Instant now) {
        PendingSignUp pending = new PendingSignUp();
        pending.name = in.name().strip();
        pending.email = in.email();
        pending.passwordHash = hash;
        pending.expiresAt = now.plus(LIFETIME);
        return pending;
    }

    SignUpAsked asked() {
        return new SignUpAsked(id);
    }
}
