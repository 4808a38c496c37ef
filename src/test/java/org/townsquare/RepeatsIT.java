package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.town.DurableDatabase;
import org.townsquare.town.Eventually;
import org.townsquare.town.Packaged;
import org.townsquare.town.Person;
import org.townsquare.town.Stage;
import org.townsquare.town.Stage.Call;
import org.townsquare.town.Tables;

/**
 * Goal R4, after a crash: the normal package is killed right after it answered every POST with a key, again while every POST waits in the middle of its
 * transaction, and again while every POST waits for its commit. A repeat gets the first answer in the first and the last case, and is carried out, once,
 * in the second.
 */
@Tag("normal-package")
class RepeatsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Their answers hold a token. */
    private static final Set<String> SECRET =
            Set.of("signUp", "signIn", "completeSignUp", "createApiKey", "startImpersonation", "inviteMember");

    /** Those that do not wait for each other's locks: they share a community. Each other one has a community and people of its own. */
    private static final Set<String> APART = Set.of(
            "checkIn",
            "foundCommunity",
            "joinCommunity",
            "approveMember",
            "acceptInvitation",
            "refuseInvitation",
            "draftProposal",
            "submitProposal",
            "reviewProposal",
            "closeProposal",
            "createEventGroup",
            "scheduleEvent",
            "cancelEvent",
            "closeEvent",
            "reopenEvent",
            "retryDeadEntry",
            "signIn",
            "signUp",
            "completeSignUp",
            "completePasswordReset",
            "confirmEmail",
            "confirmPhone",
            "verifyEmail",
            "askErasure",
            "addMarket");

    /** What a transaction that is to commit waits for, where the test says so. */
    private static final long COMMIT = 4711;

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int port;
    private DurableDatabase database;
    private Packaged application;

    @BeforeEach
    void start() throws Exception {
        port = Packaged.freePort();
        RestAssured.port = port;
        database = DurableDatabase.start(folder).migrated();
        application = Packaged.on(port, environment()).served();
    }

    @AfterEach
    void stop() throws Exception {
        RestAssured.reset();
        try {
            if (application != null) application.killed();
        } finally {
            if (database != null) database.close();
        }
    }

    private Map<String, String> environment() {
        var all = new HashMap<>(database.environment());
        // a request that is held in the middle must still be there when it is killed
        all.put("QUARKUS_DATASOURCE_REACTIVE_ADDITIONAL_PROPERTIES__LOCK_TIMEOUT_", "60000");
        all.put("QUARKUS_DATASOURCE_REACTIVE_ADDITIONAL_PROPERTIES__STATEMENT_TIMEOUT_", "60000");
        all.put("QUARKUS_DATASOURCE_REACTIVE_ADDITIONAL_PROPERTIES__TRANSACTION_TIMEOUT_", "60000");
        all.put("TOWNSQUARE_REQUEST_DEADLINE", "60s");
        all.put("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "60");
        all.put("TOWNSQUARE_FOLLOWERS_ENABLED", "false");
        return all;
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void a_crash_neither_loses_an_answer_nor_does_anything_twice() throws Exception {
        var posts = posts();
        var stages = new HashMap<String, Stage>();
        Stage shared = Stage.open(this::update);
        for (Post post : posts) stages.put(post.id(), APART.contains(post.id()) ? shared : Stage.open(this::update));
        try (Connection db = database.connect()) {
            Tables tables = Tables.of(db);
            var answered = new ArrayList<Sent>();
            for (Post post : posts) {
                Sent sent = sent(post, stages);
                answered.add(sent.with(send(sent)));
            }

            var undone = calls(posts, stages);
            Map<String, String> before =
                    killedWhileTheyWait(undone, db, tables, "lock table idempotency_key in share mode");
            assertEquals(before, tables.read(db), "what was not answered was done");
            application = Packaged.on(port, environment()).served();
            for (Sent sent : answered) assertRepeat(sent, send(sent));
            assertEquals(before, tables.read(db), "what was answered was done again");
            before = tables.read(db);
            var carriedOut = new ArrayList<Sent>();
            for (Sent sent : undone) {
                var first = send(sent);
                assertTrue(first.statusCode() < 300, sent + " " + first.body());
                assertEquals(List.of(), first.headers().allValues("Idempotency-Replayed"), sent.toString());
                carriedOut.add(sent.with(first));
            }
            Map<String, List<Long>> effect = Tables.change(before, tables.read(db));
            assertUnchanged(db, tables, carriedOut);

            commitsWait();
            var unheard = calls(posts, stages);
            before = tables.read(db);
            killedWhileTheyWait(unheard, db, tables, "select pg_advisory_xact_lock(" + COMMIT + ")");
            Eventually.holds(
                    Duration.ofSeconds(30),
                    "what was about to commit is committed",
                    () -> kept(tables, db) == answered.size() + undone.size() + unheard.size());
            assertEquals(effect, Tables.change(before, tables.read(db)), "the same was done as when it was heard of");
            update("drop trigger commit_waits on idempotency_key");
            application = Packaged.on(port, environment()).served();
            before = tables.read(db);
            var repeated = new ArrayList<Sent>();
            for (Sent sent : unheard) repeated.add(sent.heard(send(sent)));
            assertEquals(before, tables.read(db), "what was committed was done again");
            assertUnchanged(db, tables, repeated);
        }
    }

    /** What stood in the database when each of them waited in its transaction for what this statement locks. */
    private Map<String, String> killedWhileTheyWait(List<Sent> all, Connection db, Tables tables, String lock)
            throws Exception {
        try (Connection gate = database.connect()) {
            gate.setAutoCommit(false);
            try (var sql = gate.createStatement()) {
                sql.execute(lock);
            }
            var lost = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (Sent sent : all) {
                lost.add(http.sendAsync(request(sent), HttpResponse.BodyHandlers.ofString()));
                Eventually.holds(
                        Duration.ofSeconds(30), sent + " waits in its transaction", () -> waiting(db) == lost.size());
            }
            Map<String, String> before = tables.read(db);
            application.killed();
            for (var answer : lost) assertThrows(ExecutionException.class, () -> answer.get(10, TimeUnit.SECONDS));
            gate.rollback();
            Eventually.holds(Duration.ofSeconds(30), "their transactions are over", () -> atWork(db) == 0);
            return before;
        }
    }

    private static Sent sent(Post post, Map<String, Stage> stages) {
        return new Sent(
                post, stages.get(post.id()).call(post.id()), UUID.randomUUID().toString());
    }

    private static List<Sent> calls(List<Post> posts, Map<String, Stage> stages) {
        return posts.stream().map(post -> sent(post, stages)).toList();
    }

    /** The repeats of all get what they got, and do nothing. */
    private void assertUnchanged(Connection db, Tables tables, List<Sent> all) throws Exception {
        Map<String, String> before = tables.read(db);
        for (Sent sent : all) assertRepeat(sent, send(sent));
        assertEquals(before, tables.read(db), "what was answered was done again");
    }

    private static int kept(Tables tables, Connection db) throws SQLException {
        return Integer.parseInt(tables.read(db).get("idempotency_key"));
    }

    /** From now on whoever keeps an answer, which is the last thing before a commit, commits only when the test lets them. */
    private void commitsWait() {
        update(
                "create function commit_waits() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared("
                        + COMMIT + "); return null; end $$");
        update(
                "create constraint trigger commit_waits after insert on idempotency_key deferrable initially deferred for each row execute function commit_waits()");
    }

    private record Post(String id, String path) {}

    private record Sent(Post post, Call call, String key, HttpResponse<String> answer) {
        Sent(Post post, Call call, String key) {
            this(post, call, key, null);
        }

        Sent with(HttpResponse<String> answer) {
            assertTrue(answer.statusCode() < 300, post.id() + " " + answer.body());
            return new Sent(post, call, key, answer);
        }

        /** Its answer was kept before anybody heard it. */
        Sent heard(HttpResponse<String> repeat) throws Exception {
            if (SECRET.contains(post.id())) assertShownOnce(this, repeat);
            else {
                assertEquals(
                        List.of("true"),
                        repeat.headers().allValues("Idempotency-Replayed"),
                        this + " " + repeat.body());
                assertTrue(repeat.statusCode() < 300, post.id() + " " + repeat.body());
            }
            return new Sent(post, call, key, repeat);
        }

        @Override
        public String toString() {
            return post.id();
        }
    }

    /** Transactions that wait for the test. */
    private static int waiting(Connection db) throws SQLException {
        return count(
                db,
                "select count(*) from pg_locks where not granted and (relation = 'idempotency_key'::regclass or locktype = 'advisory' and objid = "
                        + COMMIT + ")");
    }

    private static int atWork(Connection db) throws SQLException {
        return count(
                db,
                "select count(*) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() and backend_type = 'client backend'"
                        + " and xact_start is not null and application_name <> 'PostgreSQL JDBC Driver'");
    }

    private static int count(Connection db, String query) throws SQLException {
        try (var sql = db.createStatement();
                var found = sql.executeQuery(query)) {
            found.next();
            return found.getInt(1);
        }
    }

    private static void assertShownOnce(Sent sent, HttpResponse<String> again) throws Exception {
        assertEquals(
                "secret-shown-once", JSON.readTree(again.body()).path("code").asText(), sent.toString());
    }

    private static void assertRepeat(Sent sent, HttpResponse<String> again) throws Exception {
        if (SECRET.contains(sent.post().id())) {
            assertShownOnce(sent, again);
            return;
        }
        assertEquals(List.of("true"), again.headers().allValues("Idempotency-Replayed"), sent + " " + again.body());
        assertEquals(sent.answer().statusCode(), again.statusCode(), sent.toString());
        assertEquals(sent.answer().body(), again.body(), sent.toString());
        assertEquals(
                sent.answer().headers().allValues("Location"), again.headers().allValues("Location"), sent.toString());
    }

    private List<Post> posts() throws Exception {
        var posts = new TreeMap<String, Post>();
        JsonNode document =
                JSON.readTree(Person.nobody().get("/q/openapi?format=json").asString());
        for (var path : document.get("paths").properties()) {
            JsonNode post = path.getValue().path("post");
            if (!post.isMissingNode())
                posts.put(
                        post.get("operationId").asText(),
                        new Post(post.get("operationId").asText(), path.getKey()));
        }
        assertTrue(posts.size() > 10);
        return List.copyOf(posts.values());
    }

    private HttpResponse<String> send(Sent sent) throws Exception {
        return http.send(request(sent), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(Sent sent) {
        String path = sent.post().path();
        for (var parameter : sent.call().path().entrySet())
            path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Idempotency-Key", sent.key())
                .header("Authorization", "Bearer " + sent.call().caller().token())
                .POST(HttpRequest.BodyPublishers.ofByteArray(sent.call().bytes()));
        sent.call().headers().forEach(request::header);
        if (sent.call().body() != null) request.header("Content-Type", "application/json");
        return request.build();
    }

    private int update(String sql, Object... parameters) {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
