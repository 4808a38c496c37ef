package org.townsquare.events;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Buckets;
import org.townsquare.platform.Ids;
import org.townsquare.platform.InBackground;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Statement;

/** Which check-ins an event refused and why, for its organisers: no person, no address. Kept for 30 days. */
@ApplicationScoped
class CheckInRefusals {
    private static final Logger LOG = Logger.getLogger(CheckInRefusals.class);

    /** What says something of the event. A code that somebody may not know to be one is not among them. */
    private static final Set<String> NOTED = Set.of(
            "check-in-not-open-yet",
            "check-in-closed",
            "check-in-voided",
            "event-full",
            "event-cancelled",
            "code-replaced");

    /** Of those who come by themselves, this too: for others it says who they are, and nothing of the event. */
    private static final Set<String> NOT_ADMITTED = Set.of("sign-in-required", "members-only");

    private static final Statement OF_CODE = Statement.of(CheckInRefusals.class, "refuse.sql");
    private static final Statement OF_EVENT = OF_CODE.with(
            "e.code_text = $5::varchar or e.id = (select r.event_id from retired_code r where r.code_text = $5::varchar)",
            "e.id = $5::uuid");
    private static final Statement FORGET =
            new Statement("delete from check_in_refusal where received_at < clock_timestamp() - interval '30 days'");

    /** So many of one event are noted in a minute at a replica: whoever repeats a refused request for ever fills no table. */
    private static final int NOTED_A_MINUTE = 5_000;

    private final Pool pool;
    private final Buckets<Object> written = new Buckets<>(System::nanoTime);

    CheckInRefusals(Pool pool) {
        this.pool = pool;
    }

    /** Notes why the attempt failed, if it did, by a connection of its own. */
    <T> Uni<T> noted(EventCode code, @Nullable UUID clientId, Uni<T> attempt) {
        return noted(OF_CODE, code.text(), CheckInSource.SELF, clientId, attempt);
    }

    /** The same of what the staff of an event did. */
    <T> Uni<T> noted(UUID eventId, @Nullable UUID clientId, Uni<T> attempt) {
        return noted(OF_EVENT, eventId, CheckInSource.STAFF, clientId, attempt);
    }

    private <T> Uni<T> noted(
            Statement statement, Object of, CheckInSource source, @Nullable UUID clientId, Uni<T> attempt) {
        return attempt.onFailure(e -> e instanceof Problem problem && isNoted(problem.code, source) && hasRoom(of))
                .call(e -> statement
                        .run(pool, Ids.next(), ((Problem) e).code, source.name(), clientId, of)
                        .replaceWithVoid()
                        .onFailure()
                        .invoke(failure -> LOG.warnf("a refusal is not noted: %s", failure.toString()))
                        .onFailure()
                        .recoverWithNull());
    }

    private static boolean isNoted(String code, CheckInSource source) {
        return NOTED.contains(code) || (source == CheckInSource.SELF && NOT_ADMITTED.contains(code));
    }

    private boolean hasRoom(Object of) {
        return written.take(of, NOTED_A_MINUTE, Duration.ofMinutes(1)).isZero();
    }

    @Scheduled(every = "24h", delayed = "40m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @InBackground
    Uni<Void> forget() {
        return FORGET.run(pool)
                .replaceWithVoid()
                .ifNoItem()
                .after(Duration.ofMinutes(10))
                .fail();
    }
}
