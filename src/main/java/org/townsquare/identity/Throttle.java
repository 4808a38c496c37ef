package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem.TooMany;
import org.townsquare.platform.SessionConnection;
import org.townsquare.platform.Statement;

/**
 * How often something was tried, counted by the database for all replicas, under names that cannot be read back. Each question is one guarded statement
 * that commits by itself: what it counted stays counted, whatever becomes of the request.
 */
@Singleton
class Throttle {
    private static final Statement TAKE = Statement.of(Throttle.class, "take.sql");
    private static final Statement TRY = Statement.of(Throttle.class, "try.sql");
    private static final Statement GIVE_BACK = new Statement(
            "update throttle set count = greatest(count - 1, 0), blocked_until = null where bucket = $1::bytea");
    private static final Statement FORGET = new Statement("delete from throttle where bucket = $1::bytea");

    private final Pool pool;

    Throttle(Pool pool) {
        this.pool = pool;
    }

    /** Takes one of so many; the time until there is one again, zero when it was taken. */
    Uni<Duration> take(Digest bucket, Quota quota) {
        return take(pool, bucket, quota);
    }

    /** The same within the caller's transaction. */
    Uni<Duration> take(SqlClient client, Digest bucket, Quota quota) {
        return TAKE.run(client, bytes(bucket), quota.count(), (int)
                        quota.window().toSeconds())
                .map(rows -> Duration.ofMillis(rows.iterator().next().getLong("wait")));
    }

    /** Takes one of so many. Problems: {@code too-many-tries}. */
    Uni<Void> require(Digest bucket, Quota quota) {
        return take(bucket, quota).invoke(Throttle::refuse).replaceWithVoid();
    }

    /** The same within the caller's session and transaction. Problems: {@code too-many-tries}. */
    Uni<Void> require(SessionConnection connection, Digest bucket, Quota quota) {
        return connection
                .select(TAKE, bytes(bucket), quota.count(), (int) quota.window().toSeconds())
                .invoke(rows -> refuse(Duration.ofMillis(((Number) rows.next()[0]).longValue())))
                .replaceWithVoid();
    }

    /** Notes a failure that is to be expected, after five of which the next must wait. Problems: {@code too-many-tries}. */
    Uni<Void> requireTry(Digest bucket) {
        return TRY.run(pool, bytes(bucket))
                .invoke(rows -> refuse(Duration.ofMillis(rows.iterator().next().getLong("wait"))))
                .replaceWithVoid();
    }

    /** It was no failure. */
    Uni<Void> giveBack(Digest bucket) {
        return GIVE_BACK.run(pool, bytes(bucket)).replaceWithVoid();
    }

    Uni<Void> forget(Digest bucket) {
        return FORGET.run(pool, bytes(bucket)).replaceWithVoid();
    }

    static void refuse(Duration wait) {
        if (!wait.isZero() && !wait.isNegative()) throw tooMany(wait);
    }

    static TooMany tooMany(Duration wait) {
        return new TooMany("too-many-tries", "That was tried too often: wait, then try again.", wait);
    }

    private static Buffer bytes(Digest bucket) {
        return Buffer.buffer(bucket.bytes());
    }
}
