package org.townsquare.demo;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls the service as any other client does. */
final class DemoClient {
    private final HttpClient http;
    private final String base;
    private final @Nullable String token;
    private final @Nullable String userId;

    DemoClient(String base) {
        this(HttpClient.newHttpClient(), base, null, null);
    }

    private DemoClient(HttpClient http, String base, @Nullable String token, @Nullable String userId) {
        this.http = http;
        this.base = base;
        this.token = token;
        this.userId = userId;
    }

    String userId() {
        if (userId == null) throw new IllegalStateException("a guest has no id");
        return userId;
    }

    DemoClient signUpAs(Cast person) throws IOException, InterruptedException {
        return signUp(person.fullName(), person.email());
    }

    DemoClient signUpAs(Newcomer person) throws IOException, InterruptedException {
        return signUp(person.fullName(), person.email());
    }

    private DemoClient signUp(String fullName, String email) throws IOException, InterruptedException {
        return signedIn(post(
                "/sign-ups",
                new JsonObject().put("name", fullName).put("email", email).put("password", Cast.PASSWORD)));
    }

    /** Null where there is no such account. */
    @Nullable
    DemoClient signInAs(Cast person) throws IOException, InterruptedException {
        var answer = send(
                "POST",
                "/sessions",
                new JsonObject().put("email", person.email()).put("password", Cast.PASSWORD));
        return answer.statusCode() == 401 ? null : signedIn(body(answer));
    }

    private DemoClient signedIn(JsonObject session) {
        return new DemoClient(
                http,
                base,
                session.getString("token"),
                session.getJsonObject("user").getString("id"));
    }

    JsonObject get(String path) throws IOException, InterruptedException {
        return body(send("GET", path, null));
    }

    @CanIgnoreReturnValue
    JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
        return body(send("POST", path, body));
    }

    @CanIgnoreReturnValue
    JsonObject put(String path, JsonObject body) throws IOException, InterruptedException {
        return body(send("PUT", path, body));
    }

    private HttpResponse<String> send(String method, String path, @Nullable JsonObject body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Millbrook demo")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
        if (token != null) request.header("Authorization", "Bearer " + token);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonObject body(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300)
            throw new IllegalStateException(answer.request().method() + " " + answer.uri() + " answered "
                    + answer.statusCode() + " " + answer.body());
        return new JsonObject(answer.body());
    }
}
