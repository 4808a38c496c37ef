package org.townsquare;

import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.NullMarked;

/**
 * The first requests of a process take long: classes are loaded and compiled for them. So a replica asks itself some things that change nothing, and is ready
 * when it has its answers, whatever they say, or has waited for them long enough. A native executable has nothing to load, and asks nothing.
 */
@NullMarked
@Readiness
@ApplicationScoped
@UnlessBuildProfile(anyOf = {"dev", "test"})
class WarmUp implements HealthCheck {
    /** Well formed, and nobody's: it is looked up. */
    private static final String TOKEN = "Bearer tss_warm-up";

    /** No code of an event: it is read, and not looked up, which would count as a guess. */
    private static final String CODE = "{\"code\":\"\"}";

    /** Lists that Hibernate reads, a look-up by hand-written SQL, a body that is read, a page: each another part of what requests need. */
    private static final List<Request> ASKED = List.of(
            new Request("/api/v1/markets"),
            new Request("/api/v1/communities"),
            new Request(HttpMethod.GET, "/api/v1/me", Map.of("Authorization", TOKEN), ""),
            new Request(HttpMethod.POST, "/api/v1/check-ins", Map.of("Content-Type", "application/json"), CODE),
            new Request("/sign-in"));

    /** Addresses that mean every one there is. */
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    private static final int AT_ONCE = 4;
    private static final int ROUNDS = 2;
    private static final long LONGEST_MILLIS = 20_000;

    private final Vertx vertx;
    private volatile boolean done;

    WarmUp(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Request(HttpMethod method, String path, Map<String, String> headers, String body) {
        Request(String path) {
            this(HttpMethod.GET, path, Map.of(), "");
        }

        Future<HttpClientResponse> sentBy(HttpClientRequest begun) {
            headers.forEach(begun::putHeader);
            return body.isEmpty() ? begun.send() : begun.send(body);
        }
    }

    void begin(@Observes StartupEvent start) {
        if (isNative()) done = true;
        else vertx.setTimer(LONGEST_MILLIS, late -> done = true);
    }

    /** Asked when it runs: beans may be made while an image is built. */
    private static boolean isNative() {
        return ImageMode.current() == ImageMode.NATIVE_RUN;
    }

    void ask(@ObservesAsync HttpServerStart start) {
        if (isNative()) return;
        HttpServerOptions server = start.options();
        String host = EVERYWHERE.contains(server.getHost()) ? "localhost" : server.getHost();
        HttpClient client = vertx.createHttpClient();
        var unused = round(client, host, server.getPort(), ROUNDS)
                .onComplete(asked -> done = true)
                .eventually(() -> client.close());
    }

    private static Future<?> round(HttpClient client, String host, int port, int left) {
        if (left == 0) return Future.succeededFuture();
        var answers = new ArrayList<Future<?>>();
        for (int i = 0; i < AT_ONCE; i++)
            for (Request request : ASKED)
                answers.add(client.request(request.method(), port, host, request.path())
                        .compose(request::sentBy)
                        .compose(HttpClientResponse::body));
        return Future.join(answers)
                .transform(all -> round(client, host, port, left - 1).mapEmpty());
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("warm-up").status(done).build();
    }
}
