package org.townsquare.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * What makes a repeated POST harmless: the first answer to a request with an {@code Idempotency-Key} commits with its effect, or is not there. An
 * advisory lock keeps two requests with one key from running at once, and the primary key is the net below it.
 */
@ApplicationScoped
public class Repeats {
    /** The attribute of an identity: the UUID of a credential that is not given the answers which its user got by another. */
    public static final String KEPT_FOR = "townsquare.answers-kept-for";

    private static final Logger LOG = Logger.getLogger(Repeats.class);

    private static final Statement CLAIM = Statement.of(Repeats.class, "claim-key.sql");
    private static final Statement KEEP = Statement.of(Repeats.class, "keep-answer.sql");
    private static final Statement PURGE = Statement.of(Repeats.class, "purge-keys.sql");

    private static final int PURGED_AT_ONCE = 5_000;

    private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

    private final CurrentVertxRequest current;
    private final Pool pool;
    private final ObjectMapper json;
    private final IdempotencyConfig config;

    Repeats(CurrentVertxRequest current, Pool pool, ObjectMapper json, IdempotencyConfig config) {
        this.current = current;
        this.pool = pool;
        this.json = json;
        this.config = config;
    }

    /**
     * {@code Panache.withTransaction} for an endpoint that opens its transaction itself: what the work gives is the answer. Problems:
     * {@code idempotency-running}, {@code idempotency-mismatch}, {@code secret-shown-once}.
     */
    public <T> Uni<T> withTransaction(Supplier<Uni<T>> work) {
        KeyedRequest request = KeyedRequest.rememberedIn(current.getCurrent());
        Deadline deadline = Deadline.of(current.getCurrent());
        return deadline.bound(() -> GivenWay.repeated(() -> Panache.withTransaction(
                () -> deadline.inTransaction(() -> request == null ? work.get() : inSession(request, work)))));
    }

    /**
     * For an endpoint without a session: only a request with a key pays for a transaction. The problems are those of {@link #withTransaction}.
     *
     * @param withKey what gives the answer in this transaction
     */
    public <T> Uni<T> withConnection(Supplier<Uni<T>> withoutKey, Function<SqlConnection, Uni<T>> withKey) {
        KeyedRequest request = KeyedRequest.rememberedIn(current.getCurrent());
        return request == null
                ? withoutKey.get()
                : pool.withTransaction(tx -> once(request, on(tx), () -> withKey.apply(tx)));
    }

    /** In the caller's session and transaction. */
    <T> Uni<T> inSession(KeyedRequest request, Supplier<Uni<T>> work) {
        return Panache.getSession().chain(session -> once(request, on(new SessionConnection(session)), work));
    }

    /** For an endpoint that judges, counts or hashes before it opens its transaction: an earlier answer is given before any of that. */
    <T> Uni<T> unlessAnswered(KeyedRequest request, Supplier<Uni<T>> work) {
        return claim(request).invoke(claim -> judge(request, claim)).chain(claim -> work.get());
    }

    private <T> Uni<T> once(KeyedRequest request, Connection connection, Supplier<Uni<T>> work) {
        return connection
                .claim(request.lock(), request.principal(), request.route(), request.key())
                .invoke(claim -> judge(request, claim))
                .chain(claim -> work.get())
                .call(answer -> keep(connection, request, kept(request, answer)).invoke(rows -> {
                    // another one came between the look and the lock: this one is rolled back
                    if (rows == 0) throw new Problem.Running();
                }));
    }

    private static void judge(KeyedRequest request, Claim claim) {
        Earlier earlier = claim.earlier();
        if (earlier != null) throw repeat(request, earlier);
        if (!claim.obtained()) throw new Problem.Running();
    }

    private static RuntimeException repeat(KeyedRequest request, Earlier earlier) {
        if (!earlier.fingerprint().equals(request.fingerprint()))
            return new Problem.Unprocessable(
                    "idempotency-mismatch", "This Idempotency-Key was used for another request: draw a new one.");
        if (request.showsSecret() && earlier.answer().status() < 300)
            return new Problem.Conflict(
                    "secret-shown-once", "It was done. Its answer held a secret, which is not kept: get another.");
        return new KeptAnswer.Again(earlier.answer());
    }

    /**
     * Keeps a refusal after its rollback. Where an answer was kept already that one counts: the result is the exception that gives it, or null.
     */
    Uni<@Nullable RuntimeException> refused(KeyedRequest request, KeptAnswer answer) {
        return pool.withTransaction(tx -> keep(on(tx), request, answer))
                .chain(rows -> rows == 1 ? Uni.createFrom().nullItem() : answered(request));
    }

    /** The exception that gives the answer kept for the request, or null where there is none. */
    Uni<@Nullable RuntimeException> answered(KeyedRequest request) {
        return claim(request).map(claim -> claim.earlier() == null ? null : repeat(request, claim.earlier()));
    }

    /** The lock is let go at once. */
    private Uni<Claim> claim(KeyedRequest request) {
        return CLAIM.run(pool, request.lock(), request.principal(), request.route(), request.key())
                .map(rows -> claimed(rows.iterator().next()::getValue));
    }

    private Uni<Integer> keep(Connection connection, KeyedRequest request, KeptAnswer answer) {
        return connection.keep(
                request.principal(),
                request.route(),
                request.key(),
                Buffer.buffer(request.fingerprint().bytes()),
                answer.status(),
                text(answer.headers()),
                answer.body(),
                config.keep().toSeconds());
    }

    private KeptAnswer kept(KeyedRequest request, @Nullable Object answer) {
        if (!(answer instanceof RestResponse<?> response))
            return new KeptAnswer(answer == null ? 204 : 200, Map.of(), body(request, answer));
        var headers = new LinkedHashMap<String, List<String>>();
        response.getStringHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE) && !name.equalsIgnoreCase(HttpHeaders.SET_COOKIE))
                headers.put(name, values);
        });
        return new KeptAnswer(response.getStatus(), headers, body(request, response.getEntity()));
    }

    private @Nullable String body(KeyedRequest request, @Nullable Object entity) {
        return entity == null || request.showsSecret() ? null : text(entity);
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that cannot be written", e);
        }
    }

    /** Deletes the answers that are given no longer. */
    @Scheduled(
            every = "${townsquare.idempotency.purge-every:10m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> purge() {
        return purgeAll()
                .onFailure()
                .invoke(e -> LOG.warnf("old idempotency keys stay: %s", e.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> purgeAll() {
        return PURGE.run(pool, PURGED_AT_ONCE)
                .chain(rows ->
                        rows.rowCount() < PURGED_AT_ONCE ? Uni.createFrom().voidItem() : purgeAll());
    }

    /** The two ways to the database, as one. */
    private interface Connection {
        Uni<Claim> claim(Object... parameters);

        Uni<Integer> keep(@Nullable Object... parameters);
    }

    /** @param obtained whether no other request with the key runs */
    private record Claim(boolean obtained, @Nullable Earlier earlier) {}

    private record Earlier(Digest fingerprint, KeptAnswer answer) {}

    private Connection on(SessionConnection session) {
        return new Connection() {
            @Override
            public Uni<Claim> claim(Object... parameters) {
                return session.select(CLAIM, parameters).map(Iterator::next).map(row -> claimed(i -> row[i]));
            }

            @Override
            public Uni<Integer> keep(@Nullable Object... parameters) {
                return session.update(KEEP, parameters);
            }
        };
    }

    private Connection on(SqlConnection transaction) {
        return new Connection() {
            @Override
            public Uni<Claim> claim(Object... parameters) {
                return CLAIM.run(transaction, parameters)
                        .map(rows -> rows.iterator().next())
                        .map(row -> claimed(row::getValue));
            }

            @Override
            public Uni<Integer> keep(@Nullable Object... parameters) {
                return KEEP.run(transaction, parameters).map(rows -> rows.rowCount());
            }
        };
    }

    private Claim claimed(IntFunction<@Nullable Object> column) {
        boolean obtained = Boolean.TRUE.equals(column.apply(0));
        if (!(column.apply(1) instanceof Buffer fingerprint)
                || !(column.apply(2) instanceof Integer status)
                || !(column.apply(3) instanceof String headers)) return new Claim(obtained, null);
        try {
            return new Claim(
                    obtained,
                    new Earlier(
                            Digest.of(fingerprint.getBytes()),
                            new KeptAnswer(status, json.readValue(headers, HEADERS), (String) column.apply(4))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("headers that cannot be read", e);
        }
    }
}
