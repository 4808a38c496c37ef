package org.townsquare;

import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Stage;
import org.townsquare.town.Stage.Call;
import org.townsquare.town.Tables;

/**
 * Every operation of the OpenAPI document is sent what nobody should send, by somebody who may do everything, about things that exist. Each answer is
 * a problem with a code, comes soon, and leaves every table as it was.
 */
@QuarkusTest
@QuarkusTestResource(Database.class)
class HostileInputTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String NOTHING = Stage.NOTHING;
    private static final int AT_ONCE = 16;

    /** Of what is refused before the operation begins. */
    private static final Set<String> UNREAD =
            Set.of("invalid", "json-malformed", "field-unknown", "text-invalid", "body-missing");

    /** What a PLATFORM_ADMIN may do with a community that others do not see; who the caller of this test is. */
    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "readCommunity",
            "readSettings",
            "readAuditLog",
            "listMembers",
            "readMember",
            "giveRoles",
            "suspendCommunity",
            "liftCommunitySuspension",
            "restoreCommunity",
            "startImpersonation",
            "setUserStatus",
            "givePlatformRoles",
            "endUserSessions");

    /** Whatever it holds, it is searched for. */
    private static final Set<String> FREE_TEXT = Set.of(
            "listCommunities name",
            "listProposals q",
            "listEventGroups name",
            "listCommunityEvents q",
            "findParticipants name");

    /** Nothing to do without it. */
    private static final Set<String> REQUIRED = Set.of("findParticipants name");

    /** Sent as it stands, escaped where it is to be. */
    private static final List<String> HOSTILE = List.of(
            "",
            "%20",
            "-1",
            "1e9",
            "99999999999999999999",
            "%00",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "%E2%80%AE",
            "%27%3B%20drop%20table%20users%3B%20--",
            "..%2F..%2Fetc",
            "x".repeat(3_000),
            "x".repeat(5_000));

    @TestHTTPResource("/")
    URI service;

    /** What is refused spends nothing: the tests of path, query and headers share what they ask about. */
    private static final Map<String, Call> UNSPENT = new HashMap<>();

    private static Stage shared;

    private final HttpClient http = client();
    private final List<String> findings = new ArrayList<>();
    private JsonNode document;
    private Connection db;
    private Tables tables;

    @BeforeEach
    void open() throws Exception {
        document = JSON.readTree(Person.nobody().get("/q/openapi?format=json").asString());
        db = Database.connect();
        tables = Tables.of(db);
    }

    @AfterEach
    void close() throws SQLException {
        db.close();
    }

    @Test
    void whatever_the_body_is_nothing_breaks_and_nothing_changes() throws Exception {
        int asked = 0;
        Stage stage = Stage.open();
        for (Operation operation : operations()) {
            if (operation.body() == null) continue;
            Call call = stage.call(operation.id());
            List<Hostile> bodies = bodies(operation.body(), call.body());
            asked += bodies.size();
            Call refused = call;
            together(bodies.stream()
                    .filter(hostile -> !hostile.mayBeTaken())
                    .map(hostile -> refusal(operation, refused, hostile))
                    .toList());
            for (Hostile hostile : bodies)
                if (hostile.mayBeTaken() && spends(operation, call, hostile)) call = stage.call(operation.id());
            Call good = stage.call(operation.id());
            var taken = sent(request(operation, good, good.path(), "", good.bytes()));
            if (taken.statusCode() >= 300)
                findings.add(operation + " refuses what is right: " + taken.statusCode() + " " + taken.body());
        }
        assertTrue(asked > 400, "only " + asked + " requests");
        assertNone();
    }

    @Test
    void whatever_stands_in_the_path_is_found_or_not_found() throws Exception {
        for (Operation operation : operations()) {
            if (operation.path().isEmpty()) continue;
            Call call = unspent(operation);
            var probes = new ArrayList<Probe>();
            for (String parameter : operation.path()) {
                var unknown = sent(to(operation, call, parameter, NOTHING));
                notFound(operation, parameter, "unknown", unknown);
                String foreign = shared.foreign().get(parameter);
                if (foreign != null && !OF_THE_PLATFORM.contains(operation.id())) {
                    var hidden = sent(to(operation, call, parameter, foreign));
                    notFound(operation, parameter, "foreign", hidden);
                    if (!shape(hidden).equals(shape(unknown)))
                        findings.add(operation + " tells a hidden " + parameter + " from none: " + hidden.body() + " "
                                + unknown.body());
                }
                for (String hostile : HOSTILE) {
                    if (hostile.isEmpty()) continue;
                    String what = operation + " {" + parameter + "} = " + brief(hostile);
                    probes.add(new Probe(what, to(operation, call, parameter, hostile), answer -> {
                        if (!isTooLong(hostile, answer)) problem(what, answer);
                    }));
                }
                for (String malformed :
                        List.of(NOTHING + "0", NOTHING.replace("-", ""), "{" + NOTHING + "}", "0-0-0-0-0"))
                    probes.add(new Probe(
                            operation + " {" + parameter + "} = " + malformed,
                            to(
                                    operation,
                                    call,
                                    parameter,
                                    malformed.replace("{", "%7B").replace("}", "%7D")),
                            answer -> notFound(operation, parameter, malformed, answer)));
            }
            together(probes);
        }
        assertNone();
    }

    @Test
    void whatever_stands_in_the_query_is_understood_or_refused() throws Exception {
        int asked = 0;
        for (Operation operation : operations()) {
            if (operation.query().isEmpty()) continue;
            Call call = unspent(operation);
            var probes = new ArrayList<Probe>();
            for (String parameter : operation.query())
                for (String hostile : HOSTILE) {
                    String what = operation + " ?" + parameter + "=" + brief(hostile);
                    String query = "?" + parameter + "=" + hostile;
                    probes.add(new Probe(what, request(operation, call, call.path(), query, call.bytes()), answer -> {
                        if (isTooLong(hostile, answer)) return;
                        // what is empty counts as left out
                        boolean free =
                                FREE_TEXT.contains(operation.id() + " " + parameter) && answer.statusCode() == 200;
                        boolean missing = hostile.isEmpty() && REQUIRED.contains(operation.id() + " " + parameter);
                        if ((!hostile.isEmpty() || missing) && !free) problem(what, answer);
                        else if (operation.method().equals("GET") && answer.statusCode() != 200)
                            findings.add(what + ": " + answer.statusCode());
                    }));
                }
            asked += probes.size();
            together(probes);
        }
        assertTrue(asked > 50, "only " + asked + " requests");
        assertNone();
    }

    @Test
    void whatever_stands_in_a_header_is_understood_or_refused() throws Exception {
        int asked = 0;
        var hostile = List.of(
                "x",
                "\"\"",
                "\"x\"",
                "\"-1\"",
                "\"99999999999999999999\"",
                "W/\"0\"",
                NOTHING + "0",
                "{" + NOTHING + "}",
                "0-0-0-0-0",
                "'; drop table users; --",
                "x".repeat(5_000));
        for (Operation operation : operations()) {
            // a tag that is none is nobody's
            var parameters = operation.headers().stream()
                    .filter(it -> !it.equals("If-None-Match"))
                    .toList();
            if (parameters.isEmpty()) continue;
            Call call = unspent(operation);
            var probes = new ArrayList<Probe>();
            for (String parameter : parameters)
                for (String value : hostile) {
                    var with = new Call(call.caller(), call.path(), call.body(), Map.of(parameter, value));
                    String what = operation + " " + parameter + ": " + brief(value);
                    probes.add(new Probe(
                            what,
                            request(operation, with, call.path(), "", call.bytes()),
                            answer -> problem(what, answer)));
                }
            asked += probes.size();
            together(probes);
        }
        assertTrue(asked > 20, "only " + asked + " requests");
        for (String credential : List.of(
                "Bearer",
                "Bearer x",
                "Bearer tss_",
                "Bearer tss_" + "x".repeat(43),
                "Bearer tss_" + "x".repeat(5_000),
                "Bearer tss_" + "-".repeat(43),
                "Basic Og==",
                "\u00e9")) {
            var answer = Person.nobody().header("Authorization", credential).get("/api/v1/me");
            assertEquals(401, answer.statusCode(), credential);
            assertEquals("credentials-invalid", answer.path("code"), credential);
        }
        assertNone();
    }

    @Test
    void a_hostile_device_or_agent_is_one_like_any_other() throws Exception {
        Call call = Stage.open().call("checkIn");
        for (String header : List.of("Cookie", "User-Agent", "traceparent", "X-Forwarded-For", "Accept-Language"))
            for (String value : List.of(
                    "ts_d=",
                    "ts_d=x",
                    "ts_d=" + "x".repeat(5_000),
                    "ts_d=\"" + "x".repeat(22),
                    ";;;=;",
                    "'; drop table users; --",
                    "\u00e9\u00ff",
                    "x".repeat(8_000))) {
                var answer = Person.nobody()
                        .header(header, value)
                        .body(call.body().toString())
                        .post("/api/v1/check-ins");
                assertTrue(answer.statusCode() < 500, header + ": " + brief(value) + " " + answer.asString());
            }
    }

    @Test
    void the_page_behind_the_QR_stands_whatever_its_code_is() throws Exception {
        for (String hostile : HOSTILE)
            for (String method : List.of("GET", "POST")) {
                if (hostile.isEmpty()) continue; // the page that asks for a code
                var answer = unchanged(
                        method + " /c/" + brief(hostile),
                        () -> http.send(
                                request("/c/" + hostile)
                                        .header("Sec-Fetch-Site", "same-origin")
                                        .method(method, HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString()));
                if (answer.statusCode() < 400 || answer.statusCode() >= 500)
                    findings.add(method + " /c/" + brief(hostile) + ": " + answer.statusCode() + " " + answer.body());
            }
        assertNone();
    }

    @Test
    void text_of_every_script_is_kept_exactly() throws Exception {
        String text =
                "\uD83D\uDC69\u200D\uD83D\uDE80 \u05E9\u05DC\u05D5\u05DD \u202Eabc\u202C e\u0301 \u00E9 \uD834\uDD1E < & ' \" \\";
        Person ada = Person.named(text);
        ada.sends().get("/api/v1/me").then().body("name", is(text));
        String slug = "v-" + Person.unique();
        var metadata = Map.of(text, List.of(text, Map.of("a", text)));
        String community = ada.sends(
                        Map.of("name", text, "slug", slug, "description", text + "\n" + text, "metadata", metadata))
                .post("/api/v1/communities")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        ada.sends()
                .get("/api/v1/communities/" + community)
                .then()
                .body("name", is(text))
                .body("description", is(text + "\n" + text))
                .body("metadata", is(metadata));
        Person cem = Person.named("Cem");
        cem.sends("{}")
                .post("/api/v1/communities/" + community + "/members")
                .then()
                .statusCode(201);
        ada.sends(Map.of("roles", List.of("COUNCIL", "ORGANIZER")))
                .put("/api/v1/communities/" + community + "/members/" + cem.id() + "/roles")
                .then()
                .statusCode(200);

        String proposal = ada.sends(Map.of("title", text, "description", text))
                .post("/api/v1/communities/" + community + "/proposals")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        ada.sends("{}")
                .post("/api/v1/proposals/" + proposal + "/submission")
                .then()
                .statusCode(200);
        cem.sends(Map.of("decision", "RETURN", "note", text))
                .post("/api/v1/proposals/" + proposal + "/review")
                .then()
                .statusCode(200);
        ada.sends()
                .get("/api/v1/proposals/" + proposal)
                .then()
                .body("title", is(text))
                .body("description", is(text))
                .body("author.name", is(text))
                .body("reviewNote", is(text));
        ada.sends(Map.of("title", "2 " + text, "description", "2 " + text))
                .header(
                        "If-Match",
                        ada.sends().get("/api/v1/proposals/" + proposal).header("ETag"))
                .patch("/api/v1/proposals/" + proposal)
                .then()
                .statusCode(200)
                .body("title", is("2 " + text))
                .body("description", is("2 " + text));

        String group = cem.sends(Map.of("name", text, "description", text))
                .post("/api/v1/communities/" + community + "/event-groups")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        cem.sends()
                .get("/api/v1/event-groups/" + group)
                .then()
                .body("name", is(text))
                .body("description", is(text));
        String event = cem.sends(Map.of(
                        "title",
                        text,
                        "description",
                        text,
                        "place",
                        text,
                        "startTime",
                        Instant.now().toString(),
                        "durationMinutes",
                        60))
                .post("/api/v1/event-groups/" + group + "/events")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        cem.sends()
                .get("/api/v1/events/" + event)
                .then()
                .body("title", is(text))
                .body("description", is(text))
                .body("place", is(text));
        cem.sends("{}").post("/api/v1/events/" + event + "/closure").then().statusCode(200);
        cem.sends(Map.of("reason", "1 " + text))
                .post("/api/v1/events/" + event + "/reopening")
                .then()
                .statusCode(200);
        cem.sends(Map.of("reason", "2 " + text))
                .post("/api/v1/events/" + event + "/cancellation")
                .then()
                .statusCode(200);
        var log = ada.sends()
                .get("/api/v1/communities/" + community + "/audit-log?limit=100")
                .then()
                .body("items.actor.name", hasItem(text));
        for (String note : List.of(text, "1 " + text, "2 " + text))
            log.body("items.fact.collectMany { it.values() }", hasItem(note));
    }

    // the requests

    private static Call unspent(Operation operation) {
        if (shared == null) shared = Stage.open();
        // everybody in a test calls from one network
        Database.update("delete from throttle");
        return UNSPENT.computeIfAbsent(operation.id(), shared::call);
    }

    /**
     * A body that is wrong.
     *
     * @param code of the problem, null for any
     * @param mayBeTaken where the schema allows it
     */
    private record Hostile(
            String what, String text, Charset charset, String contentType, String code, boolean mayBeTaken) {
        static Hostile of(String what, String body, String code) {
            return new Hostile(what, body, StandardCharsets.UTF_8, "application/json", code, false);
        }

        static Hostile as(String contentType, String body, String code) {
            return new Hostile("as " + contentType, body, StandardCharsets.UTF_8, contentType, code, false);
        }

        byte[] body() {
            return text.getBytes(charset);
        }

        Hostile unless(boolean taken) {
            return new Hostile(what, text, charset, contentType, taken ? null : code, taken);
        }
    }

    private List<Hostile> bodies(JsonNode schema, ObjectNode good) {
        var all = new ArrayList<Hostile>();
        String whole = good.toString();
        String open = whole.substring(0, whole.length() - 1) + (good.isEmpty() ? "" : ",");
        all.add(Hostile.of("empty body", "", "body-missing"));
        all.add(Hostile.of("blanks", "  \n ", null));
        all.add(Hostile.of("null", "null", "body-missing"));
        for (String wrong : List.of("[]", "[" + whole + "]", "17", "true", "\"text\""))
            all.add(Hostile.of(brief(wrong), wrong, "json-malformed"));
        for (String broken : List.of(
                "{",
                "}",
                whole.substring(0, whole.length() - 1),
                whole + whole,
                whole + " x",
                "nul",
                "{'a':1}",
                "{a:1}",
                open + "}{",
                "[".repeat(10_000),
                "\uFEFF{",
                open + "\"a\":01}")) all.add(Hostile.of("malformed " + brief(broken), broken, "json-malformed"));
        all.add(new Hostile(
                "not UTF-8",
                open + "\"\u00ed\u00a0\u0080\":1}",
                StandardCharsets.ISO_8859_1,
                "application/json",
                null,
                false));
        all.add(Hostile.of("unknown field", open + "\"surprise\":1}", "field-unknown"));
        all.add(Hostile.of("unknown field of U+0000", open + "\"\\u0000\":1}", null));
        all.add(Hostile.of("unknown field of a surrogate", open + "\"\\ud800\":1}", null));
        all.add(Hostile.of("a deep one", "{\"a\":".repeat(10_000), null));
        all.add(Hostile.of("300 kB", open + "\"surprise\":\"" + "x".repeat(300_000) + "\"}", "body-too-large"));
        for (String type : List.of("text/plain", "application/xml", "text/json", "*/*", "multipart/form-data"))
            all.add(Hostile.as(type, whole, "media-type-unsupported"));
        all.add(Hostile.as("x", whole, null));
        all.add(Hostile.as("application/x-www-form-urlencoded", "a=b&c=%00", "media-type-unsupported"));
        for (var property : schema.path("properties").properties()) {
            boolean required = false;
            for (JsonNode name : schema.path("required"))
                required |= name.asText().equals(property.getKey());
            fields(all, good, property.getKey(), resolved(property.getValue()), required);
        }
        // what may be taken comes last
        all.sort((a, b) -> Boolean.compare(a.mayBeTaken(), b.mayBeTaken()));
        return all;
    }

    private void fields(List<Hostile> all, ObjectNode good, String name, JsonNode schema, boolean required) {
        ObjectNode without = good.deepCopy();
        without.remove(name);
        all.add(Hostile.of("no " + name, without.toString(), "invalid").unless(!required));
        all.add(with(good, name, "null", "invalid").unless(!required));
        String twice =
                "{\"" + name + "\":" + good.get(name) + "," + good.toString().substring(1);
        if (good.has(name)) all.add(Hostile.of("twice " + name, twice, "json-malformed"));
        for (String wrong : wrongTypes(schema))
            all.add(with(good, name, wrong, null).unless(isWithin(schema, wrong) || isDrawnByTheClient(name, wrong)));
        if (type(schema).equals("string")) {
            boolean free = !schema.has("enum") && !schema.has("format");
            all.add(with(good, name, "\"a\\u0000b\"", free ? "text-invalid" : null));
            all.add(with(good, name, "\"a\\ud800b\"", free ? "text-invalid" : null));
            all.add(with(good, name, "\"\\udc00\"", free ? "text-invalid" : null));
            all.add(with(good, name, "\"" + "x".repeat(70_000) + "\"", null));
            boolean blank = free && schema.path("minLength").asInt(0) == 0 && !schema.has("pattern");
            all.add(with(good, name, "\"\"", null).unless(blank));
            all.add(with(good, name, "\"  \\n\"", null).unless(blank));
        }
    }

    /** Any id serves. */
    private static boolean isDrawnByTheClient(String name, String value) {
        return name.equals("clientId") && value.equals("\"" + NOTHING + "\"");
    }

    /** Whether it is a whole number that the schema allows. */
    private static boolean isWithin(JsonNode schema, String value) {
        if (!type(schema).equals("integer") || !schema.has("minimum") || !value.matches("-?\\d{1,10}")) return false;
        long number = Long.parseLong(value);
        return number >= schema.get("minimum").asLong()
                && number <= schema.path("maximum").asLong(Integer.MAX_VALUE);
    }

    private static Hostile with(ObjectNode good, String name, String value, String code) {
        // by hand, since a lone surrogate must stay escaped
        ObjectNode rest = good.deepCopy();
        rest.remove(name);
        String others = rest.isEmpty()
                ? ""
                : "," + rest.toString().substring(1, rest.toString().length() - 1);
        return Hostile.of(name + " = " + brief(value), "{\"" + name + "\":" + value + others + "}", code);
    }

    private List<String> wrongTypes(JsonNode schema) {
        var wrong = new ArrayList<String>();
        switch (type(schema)) {
            case "string" -> {
                wrong.addAll(List.of("17", "1.5", "true", "{}", "{\"a\":1}", "[]", "[\"x\"]"));
                if (schema.has("enum")) wrong.addAll(List.of("\"nope\"", "\"yes\"", "\"0\"", "0", "\" \""));
                if (schema.path("format").asText().equals("uuid"))
                    wrong.addAll(List.of("\"x\"", "\"" + NOTHING + "0\"", "\"0-0-0-0-0\"", "\"" + NOTHING + "\""));
                if (schema.path("format").asText().equals("date-time"))
                    wrong.addAll(List.of(
                            "\"x\"",
                            "\"2026-13-45T00:00:00Z\"",
                            "\"2026-01-01\"",
                            "\"-1000000000-01-01T00:00:00Z\"",
                            "\"+1000000000-12-31T23:59:59.999999999Z\"",
                            "\"+294277-01-01T00:00:00Z\"",
                            "\"-4800-01-01T00:00:00Z\"",
                            "1e400"));
            }
            case "integer" ->
                wrong.addAll(List.of(
                        "\"x\"",
                        "\"17\"",
                        "\"\"",
                        "1.5",
                        "1e400",
                        "true",
                        "{}",
                        "[]",
                        "[1]",
                        "-1",
                        "0",
                        "2147483648",
                        "9223372036854775808",
                        "9".repeat(60)));
            case "boolean" -> wrong.addAll(List.of("\"true\"", "\"\"", "1", "{}", "[]"));
            case "array" ->
                wrong.addAll(List.of(
                        "\"x\"",
                        "17",
                        "true",
                        "{}",
                        "[17]",
                        "[null]",
                        "[[]]",
                        "[{}]",
                        "[\"NOPE\"]",
                        "[\"\"]",
                        "[\"\\ud800\"]"));
            case "object" -> {
                wrong.addAll(List.of("\"x\"", "\"\"", "17", "true", "[]", "[{}]"));
                wrong.addAll(List.of(
                        "{\"a\":\"\\u0000\"}",
                        "{\"a\":\"\\ud800\"}",
                        "{\"\\u0000\":1}",
                        "{\"\\ud800\":1}",
                        "{\"a\":{\"b\":[\"\\udc00\"]}}",
                        "{\"a\":" + "9".repeat(60) + "}",
                        "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}",
                        "{\"a\":1,\"a\":2}",
                        "{\"a\":\"" + "x".repeat(17_000) + "\"}"));
            }
            default -> throw new AssertionError("no hostile values for " + schema);
        }
        return wrong;
    }

    private JsonNode resolved(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asText();
            return resolved(document.at(name.substring(1)));
        }
        for (String group : List.of("anyOf", "oneOf", "allOf"))
            for (JsonNode one : schema.path(group))
                if (!one.path("type").asText().equals("null")) return resolved(one);
        return schema;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        for (JsonNode one : type) if (!one.asText().equals("null")) return one.asText();
        return type.asText();
    }

    // the operations

    private record Operation(
            String id, String method, String template, JsonNode body, Map<String, List<String>> parameters) {
        List<String> path() {
            return parameters.getOrDefault("path", List.of());
        }

        List<String> query() {
            return parameters.getOrDefault("query", List.of());
        }

        List<String> headers() {
            return parameters.getOrDefault("header", List.of());
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private List<Operation> operations() {
        var all = new ArrayList<Operation>();
        for (var path : document.get("paths").properties())
            for (var method : path.getValue().properties()) {
                JsonNode operation = method.getValue();
                if (!operation.has("operationId")) continue;
                var parameters = new HashMap<String, List<String>>();
                for (JsonNode parameter : operation.path("parameters"))
                    parameters
                            .computeIfAbsent(parameter.get("in").asText(), in -> new ArrayList<>())
                            .add(parameter.get("name").asText());
                JsonNode body = operation.at("/requestBody/content/application~1json/schema");
                all.add(new Operation(
                        operation.get("operationId").asText(),
                        method.getKey().toUpperCase(java.util.Locale.ROOT),
                        path.getKey(),
                        body.isMissingNode() ? null : resolved(body),
                        parameters));
            }
        assertTrue(all.size() > 20, "the document has only " + all.size() + " operations");
        return all;
    }

    private interface Exchange {
        HttpResponse<String> run() throws IOException, InterruptedException;
    }

    /**
     * One request that changes nothing.
     *
     * @param judge of its answer
     */
    private record Probe(String what, HttpRequest request, Consumer<HttpResponse<String>> judge) {}

    /** Sends them side by side: none changes anything, so none is in the way of another. */
    private void together(List<Probe> probes) throws Exception {
        long transactions = transactions();
        List<HttpResponse<String>> answers = answers(probes);
        if (transactions != transactions()) {
            // somebody wrote, which may have been a follower: counted with what these requests left behind
            Map<String, String> before = tables.read(db);
            answers = answers(probes);
            if (!before.equals(tables.read(db))) {
                // then one after the other, which shows whose it was
                answers = new ArrayList<>();
                for (Probe probe : probes) answers.add(unchanged(probe.what(), () -> sent(probe.request())));
            }
        }
        for (int i = 0; i < probes.size(); i++) probes.get(i).judge().accept(answers.get(i));
    }

    private List<HttpResponse<String>> answers(List<Probe> probes) throws IOException, InterruptedException {
        var answers = new ArrayList<HttpResponse<String>>();
        for (int from = 0; from < probes.size(); from += AT_ONCE) {
            var some = probes.subList(from, Math.min(from + AT_ONCE, probes.size()));
            var running = some.stream()
                    .map(probe -> http.sendAsync(probe.request(), HttpResponse.BodyHandlers.ofString())
                            .exceptionally(e -> null))
                    .toList();
            for (int i = 0; i < some.size(); i++) {
                var answer = running.get(i).join();
                answers.add(answer == null ? alone(some.get(i).request()) : answer);
            }
        }
        return answers;
    }

    private Probe refusal(Operation operation, Call call, Hostile hostile) {
        String what = operation + " " + hostile.what();
        var request = request(operation, call, call.path(), "", hostile.body(), hostile.contentType());
        return new Probe(what, request, answer -> {
            problem(what, answer);
            String code = code(answer);
            if (hostile.code() != null && !hostile.code().equals(code))
                findings.add(what + ": " + code + " instead of " + hostile.code() + " " + answer.body());
        });
    }

    /** Whether the next one needs another call: this one was taken, or refused by more than a look at it. */
    private boolean spends(Operation operation, Call call, Hostile hostile) throws Exception {
        var answer = sent(request(operation, call, call.path(), "", hostile.body(), hostile.contentType()));
        if (answer.statusCode() < 300) return true;
        problem(operation + " " + hostile.what(), answer);
        return !UNREAD.contains(code(answer));
    }

    private HttpRequest to(Operation operation, Call call, String parameter, String value) {
        var path = new HashMap<>(call.path());
        path.put(parameter, value);
        return request(operation, call, path, "", call.bytes());
    }

    private HttpRequest request(Operation operation, Call call, Map<String, String> path, String query, byte[] body) {
        return request(operation, call, path, query, body, "application/json");
    }

    private HttpRequest request(
            Operation operation, Call call, Map<String, String> path, String query, byte[] body, String contentType) {
        String to = operation.template();
        for (var value : path.entrySet()) to = to.replace("{" + value.getKey() + "}", value.getValue());
        var request = request(to + (query.isEmpty() ? call.query() : query))
                .header("Authorization", "Bearer " + call.caller().token());
        if (operation.body() != null) request.header("Content-Type", contentType);
        call.headers().forEach(request::header);
        return request.method(
                        operation.method(),
                        operation.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private HttpResponse<String> sent(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return alone(request);
        }
    }

    /** The answer before may have been the last one on its connection. On a new one this request has its own, or it is a finding. */
    private static HttpResponse<String> alone(HttpRequest request) throws IOException, InterruptedException {
        return client().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + service.getAuthority() + path))
                .timeout(SOON);
    }

    // the answers

    private void assertNone() {
        if (!findings.isEmpty())
            throw new AssertionError(findings.size() + " findings:\n" + String.join("\n", findings));
    }

    /** The answer, after which every table is as it was. What others did meanwhile (a clock, a follower) does not happen a second time. */
    private HttpResponse<String> unchanged(String what, Exchange exchange) throws Exception {
        long transactions = transactions();
        var answer = exchange.run();
        if (answer.statusCode() < 300 || transactions == transactions()) return answer;
        // somebody wrote, which may have been a follower: counted with what the request left behind, twice at most
        Map<String, String> before = tables.read(db);
        answer = exchange.run();
        Map<String, String> after = tables.read(db);
        if (before.equals(after)) return answer;
        answer = exchange.run();
        if (!after.equals(tables.read(db))) findings.add(what + " changed rows: " + before + " " + after);
        return answer;
    }

    /** Moves when any transaction of the cluster writes. */
    private long transactions() throws SQLException {
        try (var sql = db.createStatement();
                var found = sql.executeQuery("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")) {
            assertTrue(found.next());
            return found.getLong(1);
        }
    }

    private void problem(String what, HttpResponse<String> answer) {
        int status = answer.statusCode();
        try {
            JsonNode body = JSON.readTree(answer.body());
            boolean isOne = status >= 400
                    && status < 500
                    && answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")
                    && body.path("status").asInt() == status
                    && body.path("code").asText().matches("[a-z][a-z-]*[a-z]")
                    && body.path("traceId").asText().matches("[0-9a-f]{32}")
                    && !answer.body().matches("(?s).*(Exception|org\\.|java\\.|jakarta\\.|select ).*");
            if (!isOne) findings.add(what + ": " + status + " " + brief(answer.body()));
        } catch (JsonProcessingException e) {
            findings.add(what + ": " + status + " " + brief(answer.body()));
        }
    }

    private void notFound(Operation operation, String parameter, String value, HttpResponse<String> answer) {
        String what = operation + " {" + parameter + "} " + value;
        problem(what, answer);
        // a code that is none was typed wrong, and is no guess
        if (parameter.equals("code") && answer.statusCode() == 422) return;
        if (answer.statusCode() != 404) findings.add(what + ": " + answer.statusCode() + " " + brief(answer.body()));
    }

    /** What does not fit into the first line of a request ends before any route of ours. */
    private static boolean isTooLong(String value, HttpResponse<String> answer) {
        return value.length() > 4_000 && answer.statusCode() == 414;
    }

    private static String code(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body()).path("code").asText();
        } catch (JsonProcessingException e) {
            return answer.body();
        }
    }

    /** All but what differs from one request to the next. */
    private static Map<String, String> shape(HttpResponse<String> answer) throws JsonProcessingException {
        var shape = new TreeMap<String, String>();
        for (var field : JSON.readTree(answer.body()).properties())
            if (!Set.of("instance", "traceId").contains(field.getKey()))
                shape.put(field.getKey(), field.getValue().toString());
        return shape;
    }

    private static String brief(String text) {
        return text.length() <= 200 ? text : text.substring(0, 40) + "… (" + text.length() + ")";
    }
}
