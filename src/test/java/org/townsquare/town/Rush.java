package org.townsquare.town;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Requests that do not wait for each other. */
public final class Rush {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Rush() {}

    /** What came back. */
    public record Answer(int status, JsonObject body) {
        public boolean ok() {
            return status / 100 == 2;
        }
    }

    public static CompletableFuture<Answer> send(Person person, String method, String path, Map<String, ?> body) {
        return send(request(path).header("Authorization", "Bearer " + person.token()), method, body);
    }

    /** The same without a name. */
    public static CompletableFuture<Answer> anonymously(String method, String path, Map<String, ?> body) {
        return send(request(path), method, body);
    }

    public static CompletableFuture<Answer> get(Person person, String path) {
        return send(request(path)
                .header("Authorization", "Bearer " + person.token())
                .GET());
    }

    /** One who has asked and can hang up. */
    public static Socket posts(Person person, String path, Map<String, ?> body) throws IOException {
        var line = new Socket("localhost", RestAssured.port);
        byte[] json = new JsonObject(Map.copyOf(body)).encode().getBytes(StandardCharsets.UTF_8);
        line.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + person.token()
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        line.getOutputStream().write(json);
        return line;
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static CompletableFuture<Answer> send(HttpRequest.Builder request, String method, Map<String, ?> body) {
        return send(request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(new JsonObject(Map.copyOf(body)).encode())));
    }

    private static CompletableFuture<Answer> send(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> new Answer(
                        answer.statusCode(),
                        answer.body().isEmpty() ? new JsonObject() : new JsonObject(answer.body())));
    }
}
