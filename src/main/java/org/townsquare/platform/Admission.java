package org.townsquare.platform;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets in as many requests as this replica can work on, and refuses the others at once, before anything is done for them: overloaded, it does what it can
 * and says so to the rest. Also refused at once is everything while the database is away. Health, metrics and the document are always answered.
 */
@Singleton
class Admission {
    /** Behind the headers of every answer, before all else. */
    private static final int FIRST = 99_000;

    /** Behind authentication, whose priority is 200. */
    private static final int KNOWN = 150;

    /** Places of one user, while more than half are taken. */
    private static final int OF_A_USER = 16;

    private static final int UUID_LENGTH = 36;
    private static final String PLACE = "townsquare.place";
    private static final long LOOK_MILLIS = 500;

    private enum Refusal {
        /** All places are taken. */
        FULL,
        /** Those are that lists, exports and pages may have. */
        READING,
        /** One user has too many. */
        USER,
        /** One network of anonymous callers has. */
        NETWORK,
        /** The database is away. */
        DATABASE,
        /** The body does not arrive. */
        SENDING
    }

    private final ProblemRoutes problems;
    private final DatabaseState database;
    private final ClientNetwork networks;
    private final int limit;
    private final int reading;
    private final boolean fair;
    private final RequestConfig patience;
    private final Set<Place> taken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger readers = new AtomicInteger();
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    Admission(
            ProblemRoutes problems,
            DatabaseState database,
            ClientNetwork networks,
            AdmissionConfig config,
            RequestConfig patience,
            Vertx vertx,
            MeterRegistry metrics) {
        this.problems = problems;
        this.database = database;
        this.networks = networks;
        this.patience = patience;
        limit = config.inFlight();
        reading = Math.max(1, limit * 4 / 5);
        fair = config.fairness();
        Gauge.builder("townsquare.admission.in.flight", inFlight, AtomicInteger::get)
                .description("Requests at work")
                .register(metrics);
        for (Refusal reason : Refusal.values())
            refused.put(
                    reason,
                    Counter.builder("townsquare.admission.refused")
                            .description("Requests that were refused before anything was done for them")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(metrics));
        vertx.setPeriodic(LOOK_MILLIS, tick -> taken.forEach(Place::look));
    }

    void first(@Observes Filters filters) {
        filters.register(this::admit, FIRST);
        if (fair) filters.register(this::share, KNOWN);
    }

    /** One request at work. */
    private final class Place {
        private final RoutingContext at;
        private final Context loop = Vertx.currentContext();
        private final long since = System.nanoTime();
        private final boolean reads;
        private final String address;
        private @Nullable String network;

        /** Bytes of the answer, and when there were more of them; on the event loop alone. */
        private long written = -1;

        private long moved;

        /** Whether it is known by now who asks: nobody, where there is no user. */
        private volatile boolean isKnown;

        private @Nullable String user;

        Place(RoutingContext at, boolean reads, String address) {
            this.at = at;
            this.reads = reads;
            this.address = address;
        }

        boolean isOf(String other) {
            return isKnown && other.equals(user);
        }

        boolean isFrom(String other) {
            return isKnown && user == null && other.equals(network());
        }

        /** Asked only when places are short; whoever asks finds the same. */
        String network() {
            String known = network;
            if (known == null) network = known = networks.of(address);
            return known;
        }

        void look() {
            loop.runOnContext(nothing -> {
                if (!taken.contains(this)) return;
                if (at.response().headWritten()) lookAtReader();
                else if (isOver(since, patience.body())) lookAtSender();
            });
        }

        /** A request that needs no body is at work, though it never ends for Vert.x; it is answered at its deadline. */
        private void lookAtSender() {
            Deadline deadline = Deadline.of(at);
            if (ProblemRoutes.hasBody(at) && !at.request().isEnded() && deadline.isOver() && deadline.expire())
                refuse(at, Refusal.SENDING);
        }

        private void lookAtReader() {
            long now = at.response().bytesWritten();
            if (now != written) moved = System.nanoTime();
            written = now;
            if (isOver(moved, patience.standstill())) ProblemRoutes.breakOff(at);
        }

        void leave() {
            if (!taken.remove(this)) return;
            inFlight.decrementAndGet();
            if (reads) readers.decrementAndGet();
        }
    }

    /** As the router will read it; nothing where it cannot be read, which the router will say. */
    private static String path(RoutingContext at) {
        try {
            return at.normalizedPath();
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    private void admit(RoutingContext at) {
        HttpServerRequest request = at.request();
        String path = path(at);
        if (path.startsWith("/q/")) {
            at.next();
            return;
        }
        if (database.isAway()) {
            refuse(at, Refusal.DATABASE);
            return;
        }
        var place = new Place(at, reads(request.method(), path), networks.address(request));
        taken.add(place);
        int used = inFlight.incrementAndGet();
        boolean tooManyReaders = place.reads && readers.incrementAndGet() > reading;
        Refusal refusal = used > limit ? Refusal.FULL : tooManyReaders ? Refusal.READING : null;
        if (refusal != null) {
            place.leave();
            refuse(at, refusal);
            return;
        }
        // called once, however the request ends: answered, failed, or left by its client
        QuarkusRequestWrapper.get(request).addRequestDoneHandler(done -> place.leave());
        if (fair) at.put(PLACE, place);
        at.next();
    }

    private void share(RoutingContext at) {
        Place place = at.get(PLACE);
        Refusal refusal = place == null ? null : beyondItsShare(at, place);
        if (place == null || refusal == null) {
            at.next();
            return;
        }
        place.leave();
        refuse(at, refusal);
    }

    private @Nullable Refusal beyondItsShare(RoutingContext at, Place place) {
        String user = userOf(at);
        place.user = user;
        place.isKnown = true;
        if (inFlight.get() <= limit / 2) return null;
        if (user != null) return holds(it -> it.isOf(user)) > OF_A_USER ? Refusal.USER : null;
        return holds(it -> it.isFrom(place.network())) > limit / 2 ? Refusal.NETWORK : null;
    }

    private static boolean isOver(long begun, Duration limit) {
        return System.nanoTime() - begun > limit.toNanos();
    }

    private static @Nullable String userOf(RoutingContext at) {
        return at.user() instanceof QuarkusHttpUser known
                        && !known.getSecurityIdentity().isAnonymous()
                ? known.getSecurityIdentity().getPrincipal().getName()
                : null;
    }

    private long holds(Predicate<Place> whose) {
        return taken.stream().filter(whose).count();
    }

    /** Lists, exports and pages: what reads, but for one thing by its id. */
    static boolean reads(HttpMethod method, String path) {
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) return false;
        if (!path.startsWith("/api/")) return true;
        return path.length() - path.lastIndexOf('/') - 1 != UUID_LENGTH;
    }

    private void refuse(RoutingContext at, Refusal reason) {
        requireNonNull(refused.get(reason)).increment();
        switch (reason) {
            case FULL, READING -> problems.refuse(at, 503, "busy", "Too much to do right now: try again in a moment.");
            case DATABASE ->
                problems.refuse(
                        at, 503, "database-unavailable", "The database does not answer: try again in a moment.");
            case USER, NETWORK ->
                problems.refuse(
                        at,
                        429,
                        "too-many-at-once",
                        "Too many of your requests run at the same time: try again in a moment.");
            case SENDING -> problems.cut(at);
        }
    }

    /** Requests at work, for tests. */
    int inFlight() {
        return inFlight.get();
    }
}
