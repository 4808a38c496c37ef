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
    private static final List<String> ASKED = List.of("/api/v1/markets", "/api/v1/me", "/sign-in");

    /** Well formed, and nobody's: it is looked up. */
    private static final String TOKEN = "Bearer tss_warm-up";

    private static final int AT_ONCE = 4;
    private static final int ROUNDS = 5;
    private static final long LONGEST_MILLIS = 20_000;

    private final Vertx vertx;
    private volatile boolean done;

    WarmUp(Vertx vertx) {
        this.vertx = vertx;
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
        String host = server.getHost().equals("0.0.0.0") ? "localhost" : server.getHost();
        HttpClient client = vertx.createHttpClient();
        var unused = round(client, host, server.getPort(), ROUNDS)
                .onComplete(asked -> done = true)
                .eventually(() -> client.close());
    }

    private static Future<?> round(HttpClient client, String host, int port, int left) {
        if (left == 0) return Future.succeededFuture();
        var answers = new ArrayList<Future<?>>();
        for (int i = 0; i < AT_ONCE; i++)
            for (String path : ASKED)
                answers.add(client.request(HttpMethod.GET, port, host, path)
                        .compose(request -> send(request, path))
                        .compose(HttpClientResponse::body));
        return Future.join(answers)
                .transform(all -> round(client, host, port, left - 1).mapEmpty());
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, String path) {
        if (path.endsWith("/me")) request.putHeader("Authorization", TOKEN);
        return request.send();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("warm-up").status(done).build();
    }
}
