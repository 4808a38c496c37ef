package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Statement;

/**
 * The password of an account, tried as often as the limits allow: after five failures from one network each next try waits longer, and of the networks
 * that the account is not known on all together have twenty failures an hour, while the owner goes on signing in from the own ones. An e-mail that
 * nobody has is limited alike, and costs the same hashing.
 */
@Singleton
class PasswordTries {
    private static final Statement OF_EMAIL = Statement.of(PasswordTries.class, "account-of-email.sql");
    private static final Statement OF_USER = Statement.of(PasswordTries.class, "account-of-user.sql");
    private static final Quota ELSEWHERE = new Quota(20, Duration.ofHours(1));
    private static final Quota FACTS = new Quota(1, Duration.ofHours(1));

    private final Pool pool;
    private final Pepper pepper;
    private final Throttle throttle;
    private final Passwords passwords;
    private final Journal journal;
    private final Caller caller;

    PasswordTries(Pool pool, Pepper pepper, Throttle throttle, Passwords passwords, Journal journal, Caller caller) {
        this.pool = pool;
        this.pepper = pepper;
        this.throttle = throttle;
        this.passwords = passwords;
        this.journal = journal;
        this.caller = caller;
    }

    /**
     * Whose password is tried.
     *
     * @param key the e-mail in the database's lower case
     * @param userId null where nobody has a password under this e-mail
     * @param familiar whether the account is known on the caller's network
     */
    record Asked(
            String key, @Nullable UUID userId, @Nullable String hash, boolean familiar) {
        private static Asked of(Row row) {
            return new Asked(
                    row.getString("key"),
                    row.getUUID("user_id"),
                    row.getString("password_hash"),
                    row.getBoolean("familiar"));
        }
    }

    Uni<Asked> ofEmail(String email) {
        return OF_EMAIL.run(pool, email, network())
                .map(rows -> Asked.of(rows.iterator().next()));
    }

    /** Problems: {@code credentials-invalid} for one who was disabled or erased since the request began. */
    Uni<Asked> ofUser(UUID userId) {
        return OF_USER.run(pool, userId, network()).map(rows -> {
            if (rows.size() == 0) throw Session.over();
            return Asked.of(rows.iterator().next());
        });
    }

    /** Called while no session of the database is open, since a password is hashed. Problems: {@code too-many-tries}, {@code busy}. */
    Uni<Boolean> matches(Asked asked, String password) {
        Digest here = here(asked);
        Digest elsewhere = elsewhere(asked.key());
        return throttle.requireTry(here)
                .chain(() -> asked.familiar() ? nothing() : requireElsewhere(asked, here, elsewhere))
                .chain(() -> passwords.matches(password, asked.hash()))
                .onFailure(Problem.Busy.class)
                .call(() -> throttle.giveBack(here).chain(() -> unlessFamiliar(asked, elsewhere)))
                .call(matches ->
                        matches ? throttle.forget(here).chain(() -> unlessFamiliar(asked, elsewhere)) : nothing());
    }

    /** Lets the owner in again who has proved the address meanwhile. Called while no session of the database is open. */
    Uni<Void> forgive(UUID userId) {
        return OF_USER.run(pool, userId, network())
                .chain(rows -> rows.size() == 0
                        ? nothing()
                        : forgive(Asked.of(rows.iterator().next())));
    }

    private Uni<Void> forgive(Asked asked) {
        return throttle.forget(here(asked)).chain(() -> throttle.forget(elsewhere(asked.key())));
    }

    private Uni<Void> requireElsewhere(Asked asked, Digest here, Digest elsewhere) {
        return throttle.take(elsewhere, ELSEWHERE).chain(wait -> {
            if (wait.isZero()) return nothing();
            return throttle.giveBack(here)
                    .chain(() -> tell(asked))
                    .chain(() -> Uni.createFrom().failure(Throttle.tooMany(wait)));
        });
    }

    /** At most once an hour. */
    private Uni<Void> tell(Asked asked) {
        return throttle.take(pepper.hmac("sign-ins-throttled", asked.key()), FACTS)
                .chain(wait -> {
                    UUID userId = asked.userId();
                    if (!wait.isZero() || userId == null) return nothing();
                    return pool.withTransaction(tx -> journal.record(tx, caller, new SignInsThrottled(userId)));
                });
    }

    private Uni<Void> unlessFamiliar(Asked asked, Digest elsewhere) {
        return asked.familiar() ? nothing() : throttle.giveBack(elsewhere);
    }

    private Digest here(Asked asked) {
        return pepper.hmac("sign-in", caller.network().text(), asked.key());
    }

    private Digest elsewhere(String key) {
        return pepper.hmac("sign-in-elsewhere", key);
    }

    private Buffer network() {
        return Buffer.buffer(caller.network().bytes());
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
