package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.quarkus.security.Authenticated;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.annotation.security.PermitAll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;
import org.townsquare.town.Classes;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Stage;
import org.townsquare.town.Village;

/**
 * access.csv says of every operation what it answers to every kind of caller: {@code ok} or the code of a problem. Each cell of it is called, and no
 * answer to a stranger may hold what a PRIVATE community keeps to itself. With {@code -Dtownsquare.access=record} what was answered is written to
 * target/access.csv, to be read line by line before it is taken over.
 */
@QuarkusTest
@QuarkusTestResource(Database.class)
class AccessMatrixTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path TABLE = Path.of("src/main/resources/access.csv");
    private static final List<String> COLUMNS = List.of("operation", "permission", "credentials", "impersonation");

    /** About a thing of a PUBLIC community, but those that say private. */
    private static final List<String> CALLERS = List.of(
            "nobody",
            "nobody-private",
            "ended",
            "revoked-key",
            "key-without-scope",
            "key-elsewhere",
            "key-right",
            "outsider",
            "outsider-private",
            "other-admin",
            "other-admin-private",
            "pending",
            "suspended",
            "banned",
            "banned-private",
            "citizen",
            "council",
            "admin",
            "organizer",
            "business",
            "financial",
            "partner",
            "impersonator",
            "platform-admin",
            "platform-admin-private",
            "right-one");

    private static final Set<String> STRANGERS =
            Set.of("nobody-private", "outsider-private", "other-admin-private", "banned-private", "key-elsewhere");

    private static final Set<String> PASSERS_BY = Set.of("nobody", "outsider", "other-admin", "pending", "banned");

    /** The code of an event, the cookie of a device, a password: who has it is the guest, the device, the user, and is shown what it is for. */
    private static final Set<String> SHOWN_BY_A_SECRET = Set.of("checkIn", "readEventByCode", "claimCheckIn", "signIn");

    @Test
    void every_operation_answers_every_caller_as_the_table_says() throws Exception {
        Map<String, Map<String, String>> table = table();
        Map<String, Endpoint> operations = operations();
        boolean record = "record".equals(System.getProperty("townsquare.access"));
        if (!record) assertEquals(operations.keySet(), new TreeSet<>(table.keySet()), "operations and rows");
        var asked = new ConcurrentSkipListMap<String, Map<String, String>>();
        List<Company> companies = ask(operations.values(), asked);
        var findings = new ArrayList<String>();
        for (Company company : companies) findings.addAll(company.findings);
        if (record) record(operations, asked, companies);
        else
            asked.forEach((operation, cells) -> cells.forEach((caller, answer) -> {
                String expected = table.getOrDefault(operation, Map.of()).get(caller);
                if (!answer.equals(expected))
                    findings.add(operations.get(operation) + " to " + caller + ": " + answer + ", not " + expected);
            }));
        assertEquals(operations.keySet(), asked.keySet());
        if (!findings.isEmpty())
            throw new AssertionError(findings.size() + " findings:\n" + String.join("\n", findings));
    }

    /**
     * Three companies ask at once. What somebody does with their own account makes them another one to the next question about it, so these are asked by
     * one company in their order; the two others share what is about communities.
     */
    private static List<Company> ask(Collection<Endpoint> operations, Map<String, Map<String, String>> answers)
            throws Exception {
        var own = new ConcurrentLinkedQueue<Endpoint>();
        var shared = new ConcurrentLinkedQueue<Endpoint>();
        for (Endpoint operation : operations) (operation.isOfCommunity() ? shared : own).add(operation);
        var queues = List.of(own, shared, shared);
        var companies = queues.stream().map(queue -> new Company()).toList();
        var threads = Executors.newFixedThreadPool(queues.size());
        try {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < queues.size(); i++) {
                var waiting = queues.get(i);
                var company = companies.get(i);
                running.add(threads.submit(() -> {
                    for (var next = waiting.poll(); next != null; next = waiting.poll())
                        answers.put(next.id(), company.ask(next));
                    return company;
                }));
            }
            for (var one : running) one.get();
        } finally {
            threads.shutdownNow();
        }
        return companies;
    }

    private static void record(
            Map<String, Endpoint> operations, Map<String, Map<String, String>> answers, List<Company> companies)
            throws IOException {
        var lines = new ArrayList<>(List.of(String.join(",", COLUMNS) + "," + String.join(",", CALLERS)));
        answers.forEach(
                (operation, cells) -> lines.add(operations.get(operation).line(cells)));
        Files.write(Path.of("target", "access.csv"), lines);
        var examples = new TreeMap<String, JsonNode>();
        for (Company company : companies) examples.putAll(company.examples);
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(Path.of("target", "examples.json").toFile(), examples);
    }

    /** What the table says is what the permissions say, so that a wrong answer cannot be written down as a right one. */
    @Test
    void the_table_follows_from_the_permissions() throws Exception {
        var wrong = new ArrayList<String>();
        Map<String, Endpoint> operations = operations();
        table().forEach((operation, row) -> {
            Endpoint endpoint = operations.get(operation);
            if (endpoint == null) return; // found by the other test
            Permission permission = endpoint.permission();
            expect(wrong, operation, "permission", row, permission.text());
            expect(wrong, operation, "credentials", row, endpoint.credentials());
            expect(wrong, operation, "impersonation", row, permission.is(Permission.Mark.IMPERSONATED) ? "yes" : "no");
            expect(wrong, operation, "ended", row, "credentials-invalid");
            expect(wrong, operation, "revoked-key", row, "credentials-invalid");
            expect(wrong, operation, "key-without-scope", row, "scope-missing");
            expect(wrong, operation, "right-one", row, "ok");
            if (!permission.isForKeys()) expect(wrong, operation, "key-right", row, "scope-missing");
            if (!permission.isForCommunityKeys()) expect(wrong, operation, "key-elsewhere", row, "scope-missing");
            else if (endpoint.isOfCommunity()) expect(wrong, operation, "key-elsewhere", row, "not-found");
            if (!permission.is(Permission.Mark.IMPERSONATED)
                    // who acts as another is no PLATFORM_ADMIN meanwhile
                    && !(permission.is(Permission.Mark.PLATFORM) && "forbidden".equals(row.get("impersonator"))))
                expect(wrong, operation, "impersonator", row, "impersonation-forbidden");
            if (endpoint.isOfCommunity())
                for (String stranger : List.of("outsider-private", "other-admin-private", "banned-private"))
                    expect(wrong, operation, stranger, row, "not-found");
            if (!endpoint.open())
                for (String nobody : List.of("nobody", "nobody-private"))
                    expect(wrong, operation, nobody, row, "sign-in-required");
            boolean everybodys =
                    permission.is(Permission.Mark.ANYBODY) || permission.roles().contains(Role.CITIZEN);
            for (Role role : Role.values())
                if (!everybodys && !permission.roles().contains(role) && "ok".equals(row.get(name(role))))
                    wrong.add(operation + ": " + role + " has no " + permission.text());
            if (!permission.is(Permission.Mark.READS) && endpoint.isOfCommunity())
                for (String barred : List.of("suspended", "pending", "banned"))
                    if ("ok".equals(row.get(barred)) && !permission.is(Permission.Mark.ANYBODY))
                        wrong.add(operation + ": " + barred + " changes something");
        });
        assertEquals(List.of(), wrong);
    }

    private static void expect(
            List<String> wrong, String operation, String column, Map<String, String> row, String value) {
        if (!value.equals(row.get(column)))
            wrong.add(operation + " " + column + ": " + row.get(column) + ", where it must be " + value);
    }

    private static String name(Role role) {
        return role.name().toLowerCase(java.util.Locale.ROOT);
    }

    // a cell

    /** Who plays every caller, one operation after the other, in two communities that nobody else is in. */
    private static final class Company {
        private final Map<String, Stage> stages = Map.of("", Stage.of("PUBLIC"), "private", Stage.of("PRIVATE"));
        private final Map<String, String> tokens = new HashMap<>();
        private final Map<String, String> standing = new HashMap<>();
        private final Map<String, JsonNode> examples = new HashMap<>();
        private final List<String> findings = new ArrayList<>();

        Map<String, String> ask(Endpoint endpoint) throws Exception {
            var cells = new LinkedHashMap<String, String>();
            var calls = new HashMap<Stage, Stage.Call>();
            for (String caller : CALLERS) cells.put(caller, answer(endpoint, caller, calls));
            return cells;
        }

        private String answer(Endpoint endpoint, String caller, Map<Stage, Stage.Call> calls) throws Exception {
            Stage stage = stages.get(caller.endsWith("-private") ? "private" : "");
            Stage.Call call = calls.computeIfAbsent(stage, it -> it.call(endpoint.id()));
            String token = caller.equals("right-one") ? call.caller().token() : token(caller, stage, endpoint);
            Response answer = send(endpoint, call, token);
            boolean ok = answer.statusCode() < 300;
            if (ok && caller.equals("right-one")) examples.put(endpoint.id(), example(call, answer));
            if (ok && !endpoint.reads()) {
                calls.remove(stage);
                if (!caller.startsWith("nobody")) forget(caller, token);
            }
            String body = answer.asString();
            if (SHOWN_BY_A_SECRET.contains(endpoint.id()) && ok) return "ok";
            if (STRANGERS.contains(caller) && body.contains(stages.get("private").canary))
                findings.add(endpoint + " shows " + caller + " what is private: " + body);
            if (PASSERS_BY.contains(caller))
                for (String secret : stage.secrets())
                    if (body.contains(secret)) findings.add(endpoint + " shows " + caller + " " + secret + ": " + body);
            if (answer.statusCode() >= 500)
                findings.add(endpoint + " to " + caller + ": " + answer.statusCode() + " " + body);
            if (ok) return "ok";
            String code = JSON.readTree(body).path("code").asText();
            assertTrue(code.matches("[a-z-]+"), endpoint + " to " + caller + ": " + body);
            return code;
        }

        /** Somebody who has done something may not be any more who they were: then somebody else plays the part. */
        private void forget(String caller, String token) {
            if (Person.nobody()
                    .header("Authorization", "Bearer " + token)
                    .get("/api/v1/me")
                    .asString()
                    .equals(standing.get(caller))) return;
            tokens.remove(caller);
        }

        private String token(String caller, Stage stage, Endpoint endpoint) throws Exception {
            if (caller.startsWith("nobody")) return null;
            if (caller.equals("key-right"))
                return key(stage.rightOne(), null, endpoint.permission().text(), false); // its scope is the operation's
            String known = tokens.get(caller);
            if (known != null) return known;
            String token = play(caller, stage);
            tokens.put(caller, token);
            standing.put(
                    caller,
                    Person.nobody()
                            .header("Authorization", "Bearer " + token)
                            .get("/api/v1/me")
                            .asString());
            return token;
        }

        private String play(String caller, Stage stage) throws Exception {
            Village village = stage.village();
            Person person = Person.quickly(caller);
            switch (caller) {
                case "ended" ->
                    person.sends().delete("/api/v1/me/session").then().statusCode(204);
                case "revoked-key" -> {
                    return key(stage.rightOne(), null, "community:read", true);
                }
                case "key-without-scope" -> {
                    return key(stage.rightOne(), null, "badge:none", false);
                }
                case "key-elsewhere" -> {
                    // its owner may everything everywhere; the key is for another community and has every scope
                    String elsewhere = Village.of(Map.of()).id();
                    return key(stages.get("").rightOne(), elsewhere, null, false);
                }
                case "other-admin", "other-admin-private" -> {
                    return Village.open().founder().token();
                }
                case "outsider", "outsider-private" -> {}
                case "pending" -> village.enrolled(person, "PENDING");
                case "suspended" -> village.enrolled(person, "SUSPENDED", "CITIZEN", "COUNCIL", "ADMIN", "ORGANIZER");
                case "banned", "banned-private" -> village.enrolled(person, "BANNED");
                case "impersonator" -> {
                    village.enrolled(
                            person,
                            "ACTIVE",
                            Arrays.stream(Role.values()).map(Enum::name).toArray(String[]::new));
                    return impersonated(person);
                }
                case "platform-admin", "platform-admin-private" ->
                    Database.update(
                            "update users set platform_roles = '{PLATFORM_ADMIN}' where id = ?::uuid", person.id());
                case "citizen" -> village.enrolled(person, "ACTIVE", "CITIZEN");
                default -> village.enrolled(person, "ACTIVE", "CITIZEN", caller.toUpperCase(java.util.Locale.ROOT));
            }
            return person.token();
        }
    }

    /** What was asked and answered, as a draft of what openapi-examples.json shows. */
    private static JsonNode example(Stage.Call call, Response answer) throws IOException {
        var example = JSON.createObjectNode();
        if (call.body() != null) example.set("request", call.body());
        if (answer.contentType().startsWith("application/json"))
            example.set("answer", JSON.readTree(answer.asString()));
        return example;
    }

    private static Response send(Endpoint endpoint, Stage.Call call, String token) {
        String to = endpoint.template();
        for (var value : call.path().entrySet()) to = to.replace("{" + value.getKey() + "}", value.getValue());
        var request = Person.nobody().headers(call.headers());
        if (token != null) request.header("Authorization", "Bearer " + token);
        if (call.body() != null) request.body(call.body().toString());
        return request.request(endpoint.method(), to + call.query());
    }

    /** As the endpoint would make it; with a null scope every one. */
    private static String key(Person owner, String communityId, String scope, boolean revoked) throws Exception {
        String token = "tsk_" + Person.unique() + Person.unique();
        String scopes = scope != null
                ? scope
                : String.join(
                        ",",
                        Arrays.stream(Permission.values())
                                .filter(Permission::isForKeys)
                                .map(Permission::text)
                                .toList());
        Database.update(
                """
                insert into api_key (id, version, created_at, updated_at, user_id, community_id, name, prefix, key_hash, scopes, expires_at, per_minute, revoked_at)
                values (gen_random_uuid(), 0, now(), now(), ?::uuid, ?::uuid, 'test', 'test', ?, string_to_array(?, ','), now() + interval '1 day', 60000,
                        case when ? then now() end)""",
                owner.id(),
                communityId,
                MessageDigest.getInstance("SHA-256").digest(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                scopes,
                revoked);
        return token;
    }

    /** The subject's session, run by an admin. */
    private static String impersonated(Person subject) throws Exception {
        Person admin = Person.quickly("Root");
        Database.update("update users set platform_roles = '{PLATFORM_ADMIN}' where id = ?::uuid", admin.id());
        Database.update(
                """
                update session set impersonated_by = ?::uuid, impersonation_reason = 'to see what they see', expires_at = created_at + interval '1 hour'
                where token_hash = ?""",
                admin.id(),
                MessageDigest.getInstance("SHA-256")
                        .digest(subject.token().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return subject.token();
    }

    // the table and the operations

    private static Map<String, Map<String, String>> table() throws IOException {
        List<String> lines = Files.readAllLines(TABLE);
        String[] header = lines.get(0).split(",", -1);
        var table = new TreeMap<String, Map<String, String>>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertEquals(header.length, cells.length, line);
            var row = new LinkedHashMap<String, String>();
            for (int i = 0; i < header.length; i++) row.put(header[i], cells[i]);
            assertEquals(null, table.put(cells[0], row), "two rows for " + cells[0]);
        }
        return table;
    }

    private record Endpoint(String id, String method, String template, Permission permission, boolean open) {
        boolean reads() {
            return method.equals("GET");
        }

        /** Whether its path leads to a thing of a community. */
        boolean isOfCommunity() {
            return template.matches(".*\\{(communityId|proposalId|ruleId|commentId|groupId|eventId|invitationId)}.*");
        }

        String credentials() {
            var all = new LinkedHashSet<String>();
            if (open) all.add("none");
            all.add("session");
            if (permission.isForKeys()) all.add("key");
            return String.join(" ", all);
        }

        String line(Map<String, String> cells) {
            return String.join(
                            ",",
                            id,
                            permission.text(),
                            credentials(),
                            permission.is(Permission.Mark.IMPERSONATED) ? "yes" : "no")
                    + "," + String.join(",", cells.values());
        }

        @Override
        public String toString() {
            return id + " (" + method + " " + template + ")";
        }
    }

    private static Map<String, Endpoint> operations() throws IOException {
        var methods = new HashMap<String, JavaMethod>();
        for (var type : Classes.of("org.townsquare"))
            for (JavaMethod method : type.getMethods())
                if (method.isAnnotatedWith(Operation.class))
                    methods.put(method.getAnnotationOfType(Operation.class).operationId(), method);
        JsonNode document =
                JSON.readTree(Person.nobody().get("/q/openapi?format=json").asString());
        var found = new TreeMap<String, Endpoint>();
        for (var path : document.get("paths").properties())
            for (var operation : path.getValue().properties()) {
                String id = operation.getValue().path("operationId").asText();
                JavaMethod method = methods.get(id);
                if (method == null) continue;
                boolean open = method.isAnnotatedWith(PermitAll.class)
                        || (method.getOwner().isAnnotatedWith(PermitAll.class)
                                && !method.isAnnotatedWith(Authenticated.class));
                Access access = method.isAnnotatedWith(Access.class)
                        ? method.getAnnotationOfType(Access.class)
                        : method.getOwner().getAnnotationOfType(Access.class);
                found.put(
                        id,
                        new Endpoint(
                                id,
                                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                access.value(),
                                open));
            }
        assertTrue(found.size() > 30, "the document has only " + found.size() + " operations");
        return found;
    }
}
