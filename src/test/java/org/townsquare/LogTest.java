package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Ears;
import org.townsquare.town.Person;
import org.townsquare.town.Stage;
import org.townsquare.town.Stage.Call;

/** The log holds ids only: whatever is called, and however wrongly, nothing of who calls or of what they say is in it. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class LogTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What people write about themselves and others. */
    private static final Set<String> TEXTS = Set.of("name", "title", "description", "bio", "reason", "note", "place");

    /** What a field of a request or an answer holds that must not be known to who reads a log. */
    private static final Set<String> SECRETS =
            Set.of("email", "phone", "password", "current", "token", "key", "code", "codeText", "receipt");

    private final String mark = "Marked-" + Person.unique();
    private final Set<String> secrets = new HashSet<>(Set.of(mark, "203.0.113.77", "127.0.0.1"));

    @Test
    void no_operation_logs_anything_of_who_calls_it_or_of_what_they_say() throws Exception {
        Stage stage = Stage.open();
        try (Ears ears = Ears.open()) {
            for (Operation operation : operations()) {
                Call call = stage.call(operation.id());
                secrets.add(call.caller().token());
                secrets.add(call.caller().email());
                if (call.body() != null) secrets(call.body());
                right(operation, call);
                wrong(operation, call);
            }
            assertTrue(secrets.size() > 50, "these are few secrets: " + secrets);
            ears.assertNothingOf(secrets);
        }
    }

    @Test
    void neither_does_a_defect_of_ours() {
        Person ada = Person.named("Ada");
        Database.update("alter table users add constraint unmarked check (name not like 'Marked%') not valid");
        try (Ears ears = Ears.open()) {
            ada.sends(Map.of("name", mark))
                    .header("If-Match", "*")
                    .queryParam("mark", mark)
                    .patch("/api/v1/me")
                    .then()
                    .statusCode(500);
            Person.nobody()
                    .body(Map.of("name", mark, "email", mark + "@example.org", "password", mark + " horse"))
                    .post("/api/v1/sign-ups")
                    .then()
                    .statusCode(500);
            assertEquals(2, ears.saying("defect, trace").size());
            ears.assertNothingOf(List.of(mark, ada.email(), ada.token()));
        } finally {
            Database.update("alter table users drop constraint unmarked");
        }
    }

    /** As it succeeds, by somebody whose every header, text and parameter is marked. */
    private void right(Operation operation, Call call) throws Exception {
        RequestSpecification request = request(call).queryParam("mark", mark);
        // the cookies are among those that are marked
        call.headers().forEach((name, value) -> {
            if (!name.equals("Cookie")) request.header(name, value);
        });
        if (call.body() != null) request.body(marked(call.body()).toString());
        Response answer = request.request(operation.method(), operation.path(call) + call.query());
        assertTrue(answer.statusCode() < 300, () -> operation + " " + answer.statusCode() + " " + answer.asString());
        if (answer.contentType().startsWith("application/json")) secrets(JSON.readTree(answer.asString()));
    }

    private void wrong(Operation operation, Call call) {
        var requests = new ArrayList<Response>();
        String path = operation.path(call);
        requests.add(request(call.caller().by("tss_" + mark)).request(operation.method(), path));
        requests.add(
                request(call).request(operation.method(), operation.template().replaceAll("\\{[^}]*}", mark)));
        requests.add(request(call)
                .queryParams(Map.of(
                        "limit", mark, "after", mark, "status", mark, "email", mark + "@example.org", "slug", mark))
                .header("If-Match", mark)
                .header("If-None-Match", mark)
                .header("Idempotency-Key", mark + " " + mark)
                .request(operation.method(), path));
        if (call.body() != null) {
            ObjectNode all = JSON.createObjectNode();
            ObjectNode others = JSON.createObjectNode();
            ObjectNode more = call.body().deepCopy().put(mark, mark);
            call.body().fieldNames().forEachRemaining(field -> {
                all.put(field, mark);
                others.putObject(field).put(mark, mark);
            });
            for (String body : List.of(
                    all.toString(),
                    others.toString(),
                    more.toString(),
                    all.toString().replace(mark, mark + "\\u0000"),
                    "{\"name\": \"" + mark,
                    "\"" + mark + "\""))
                requests.add(request(call).header("If-Match", "*").body(body).request(operation.method(), path));
            requests.add(request(call).contentType(ContentType.TEXT).body(mark).request(operation.method(), path));
        }
        for (Response answer : requests)
            assertTrue(
                    answer.statusCode() < 500, () -> operation + " " + answer.statusCode() + " " + answer.asString());
    }

    private RequestSpecification request(Call call) {
        String cookies = call.headers().get("Cookie");
        return request(call.caller(), cookies == null ? "" : "; " + cookies);
    }

    private RequestSpecification request(Person caller) {
        return request(caller, "");
    }

    private RequestSpecification request(Person caller, String cookies) {
        return caller.sends()
                .header("User-Agent", mark)
                .header("Cookie", "__Host-townsquare=" + mark + "; townsquare=" + mark + cookies)
                .header("X-Forwarded-For", "203.0.113.77")
                .header("traceparent", mark);
    }

    /** The same with every text marked. */
    private JsonNode marked(JsonNode node) {
        JsonNode copy = node.deepCopy();
        if (copy instanceof ObjectNode object)
            for (var field : object.properties())
                if (TEXTS.contains(field.getKey()) && field.getValue().isTextual())
                    field.setValue(TextNode.valueOf(mark));
                else if (field.getKey().equals("metadata"))
                    field.setValue(JSON.createObjectNode().put(mark, mark));
        return copy;
    }

    private void secrets(JsonNode node) {
        if (node instanceof ObjectNode object)
            for (var field : object.properties()) {
                if (SECRETS.contains(field.getKey())
                        && field.getValue().asText().length() > 5)
                    secrets.add(field.getValue().asText());
                secrets(field.getValue());
            }
        if (node instanceof ArrayNode array) array.forEach(this::secrets);
    }

    private record Operation(String id, String method, String template) {
        String path(Call call) {
            String path = template;
            for (var value : call.path().entrySet()) path = path.replace("{" + value.getKey() + "}", value.getValue());
            return path;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private static List<Operation> operations() throws Exception {
        var found = new ArrayList<Operation>();
        JsonNode document =
                JSON.readTree(Person.nobody().get("/q/openapi?format=json").asString());
        for (var path : document.get("paths").properties())
            for (var operation : path.getValue().properties())
                if (operation.getValue().has("operationId"))
                    found.add(new Operation(
                            operation.getValue().get("operationId").asText(),
                            operation.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey()));
        assertTrue(found.size() > 30, "the document has only " + found.size() + " operations");
        return found;
    }
}
