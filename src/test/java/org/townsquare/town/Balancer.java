package org.townsquare.town;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Before the replicas, as an operator has one: it asks each of them whether it is ready, and sends each request, once, to one that was when it was asked
 * last. It repeats nothing: where a replica does not answer, the client is told so.
 */
public final class Balancer implements AutoCloseable {
    private static final Duration ASKS_EVERY = Duration.ofMillis(250);

    /** Not passed on: of each connection, or set anew. */
    private static final List<String> OF_THE_LINE =
            List.of("connection", "content-length", "host", "transfer-encoding");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Packaged, Boolean> replicas = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    private Balancer(HttpServer server) {
        this.server = server;
    }

    public static Balancer start() throws IOException {
        var balancer = new Balancer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100));
        balancer.server.setExecutor(balancer.threads);
        balancer.server.createContext("/", balancer::pass);
        balancer.server.start();
        var unused =
                balancer.clock.scheduleWithFixedDelay(balancer::ask, 0, ASKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return balancer;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://localhost:" + port();
    }

    public void add(Packaged replica) {
        replicas.put(replica, false);
    }

    public void remove(Packaged replica) {
        replicas.remove(replica);
    }

    /** Whether requests are sent to it. */
    public boolean uses(Packaged replica) {
        return replicas.getOrDefault(replica, false);
    }

    private void ask() {
        for (Packaged replica : replicas.keySet()) {
            boolean ready = replica.isReady();
            replicas.computeIfPresent(replica, (same, before) -> ready);
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        List<Packaged> ready = replicas.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        try (exchange) {
            if (ready.isEmpty()) {
                exchange.sendResponseHeaders(502, -1);
                return;
            }
            Packaged replica = ready.get(Math.floorMod(next.getAndIncrement(), ready.size()));
            byte[] body = exchange.getRequestBody().readAllBytes();
            var request = HttpRequest.newBuilder(URI.create(replica.url() + exchange.getRequestURI()))
                    .timeout(Duration.ofSeconds(30))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!OF_THE_LINE.contains(name.toLowerCase(Locale.ROOT)))
                    values.forEach(value -> request.header(name, value));
            });
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_LINE.contains(name.toLowerCase(Locale.ROOT)))
                    exchange.getResponseHeaders().put(name, values);
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
    }
}
