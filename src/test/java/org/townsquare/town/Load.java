package org.townsquare.town;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Clients that check in and read, each one thing after the other, and note what came of each. Nothing is asked twice. */
public final class Load implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final String code;
    private final Person reader;
    private final String list;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * @param code of an event with room for all
     * @param list what the reader reads
     */
    public Load(String url, String code, Person reader, String list) {
        this.url = url;
        this.code = code;
        this.reader = reader;
        this.list = list;
    }

    /**
     * What was asked, and what came of it.
     *
     * @param key of a check-in; of a read empty
     * @param began and took, in nanoseconds
     * @param status 0 where there was no answer
     * @param told the code of a problem, or the exception
     */
    public record Asked(String key, long began, long took, int status, String told, boolean retryable) {
        public boolean ok() {
            return status / 100 == 2;
        }

        public boolean checksIn() {
            return !key.isEmpty();
        }
    }

    public Load begin(int clients) {
        for (int i = 0; i < clients; i++) {
            int first = i;
            threads.execute(() -> {
                for (int n = first; !done.get(); n++) {
                    Asked now = n % 2 == 0 ? checkIn(UUID.randomUUID().toString()) : read();
                    if (now.status() == 0 && done.get()) return; // interrupted
                    asked.add(now);
                    if (!now.ok()) LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            });
        }
        return this;
    }

    public Asked checkIn(String key) {
        return ask(
                key,
                HttpRequest.newBuilder(URI.create(url + "/api/v1/check-ins"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + code + "\"}")));
    }

    public Asked read() {
        return ask(
                "", HttpRequest.newBuilder(URI.create(url + list)).header("Authorization", "Bearer " + reader.token()));
    }

    private Asked ask(String key, HttpRequest.Builder request) {
        long began = System.nanoTime();
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
            long took = System.nanoTime() - began;
            if (answer.statusCode() / 100 == 2) return new Asked(key, began, took, answer.statusCode(), "", false);
            var problem = JSON.readTree(answer.body());
            return new Asked(
                    key,
                    began,
                    took,
                    answer.statusCode(),
                    problem.path("code").asText(),
                    problem.path("retryable").asBoolean());
        } catch (JsonProcessingException e) {
            return new Asked(key, began, System.nanoTime() - began, 0, "no problem: " + e, false);
        } catch (IOException e) {
            return new Asked(key, began, System.nanoTime() - began, 0, e.toString(), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Asked(key, began, System.nanoTime() - began, 0, "interrupted", false);
        }
    }

    /** What came back so far. */
    public List<Asked> asked() {
        return new ArrayList<>(asked);
    }

    public long oks() {
        return asked.stream().filter(Asked::ok).count();
    }

    /** What was asked, once every client has its last answer. */
    public List<Asked> ended() throws InterruptedException {
        done.set(true);
        threads.shutdown();
        if (!threads.awaitTermination(90, TimeUnit.SECONDS)) throw new AssertionError("a client waits for ever");
        return asked();
    }

    @Override
    public void close() {
        done.set(true);
        threads.shutdownNow();
    }
}
