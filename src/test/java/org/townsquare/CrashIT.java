package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.CrashIT.Victim.APPLICATION;
import static org.townsquare.CrashIT.Victim.DATABASE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.platform.Digest;
import org.townsquare.town.Chaos;
import org.townsquare.town.DurableDatabase;
import org.townsquare.town.Eventually;
import org.townsquare.town.History;
import org.townsquare.town.History.Attempt;
import org.townsquare.town.History.Kind;
import org.townsquare.town.History.Outcome;
import org.townsquare.town.History.Row;
import org.townsquare.town.Packaged;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/**
 * Goal R1: the normal package and its PostgreSQL are killed again and again while eight writers write. Afterwards what was acknowledged is there, what is
 * there was acknowledged or is one of those of which the writers heard nothing, and the journal has one entry for each.
 */
@Tag("normal-package")
class CrashIT {
    enum Victim {
        APPLICATION,
        DATABASE
    }

    private static final boolean LONG = Chaos.LONG;

    /** The long form kills the service twenty times and the database ten times, in an order of chance. */
    private static final List<Victim> VICTIMS = LONG
            ? shuffled(20, 10)
            : List.of(APPLICATION, DATABASE, APPLICATION, APPLICATION, DATABASE, APPLICATION, DATABASE, APPLICATION);

    private static List<Victim> shuffled(int applications, int databases) {
        var all = new ArrayList<>(Collections.nCopies(applications, APPLICATION));
        all.addAll(Collections.nCopies(databases, DATABASE));
        Collections.shuffle(all, Chaos.random("CrashIT"));
        return all;
    }

    private static final int WRITERS = 8;
    private static final int VOTERS_EACH = 3;
    private static final int PROPOSALS_EACH = 2;

    /** Acknowledged writes between two kills, so that each of them meets a service at work. */
    private static final int WORK = 150;

    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final AtomicBoolean done = new AtomicBoolean();
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
        done.set(true);
        threads.shutdownNow();
        RestAssured.reset();
        try {
            if (application != null) application.killed();
        } finally {
            if (database != null) database.close();
        }
        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
    }

    private Map<String, String> environment() {
        var all = new HashMap<>(database.environment());
        // its writers change their votes as fast as they can
        all.put("TOWNSQUARE_GOVERNANCE_VOTE_CHANGES_PER_MINUTE", "0");
        return all;
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void what_was_acknowledged_is_there_once_and_nothing_else_is() throws Exception {
        assertDurable();
        Town town = Town.build();
        Path file = folder.resolve("history");
        try (History history = new History(file)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++)
                writers.add(threads.submit(
                        new Writer(port, history, town, town.ballots().get(i), done)));
            await(history, history.oks() + WORK, writers, "the writers begin");
            for (Victim victim : VICTIMS) {
                kill(victim, history, writers);
                await(history, history.oks() + WORK, writers, "the writers go on after a kill of " + victim);
            }
            done.set(true);
            for (Future<?> writer : writers) writer.get(60, TimeUnit.SECONDS);
            assertJobsGoOn(town);
            ask(history, town, file);
        }
        List<Attempt> attempts = History.read(file);
        assertAnswers(attempts);
        try (Connection db = database.connect()) {
            assertEquals(List.of(), first(History.differences(attempts, rows(db, attempts))));
            assertEquals(List.of(), first(disagreements(db)));
            assertInvariants(db);
            // every key of a check-in was answered in the end, so each that was not refused has its row
            assertEquals(
                    attempts.stream()
                            .filter(it -> it.kind() == Kind.CHECK_IN && it.outcome() == Outcome.OK)
                            .map(Attempt::key)
                            .distinct()
                            .count(),
                    count(db, "select count(*) from attendance"));
        }
        assertFalse(application.log().contains("defect"), application.log());
    }

    private void kill(Victim victim, History history, List<Future<?>> writers) throws Exception {
        long unknown = history.unknowns();
        switch (victim) {
            case APPLICATION -> {
                assertFalse(application.killed().out().contains("defect"), "a defect in the log");
                application = Packaged.on(port, environment()).served();
            }
            case DATABASE -> {
                database.kill();
                Eventually.holds(RECOVERY, "the writers notice", () -> history.unknowns() >= unknown + WRITERS);
                database.revive();
                // the same process: it finds the database again by itself
                application.served();
            }
        }
        for (Future<?> writer : writers) if (writer.isDone()) writer.get();
    }

    private void await(History history, long oks, List<Future<?>> writers, String what) throws Exception {
        Eventually.holds(RECOVERY, what, () -> {
            for (Future<?> writer : writers) if (writer.isDone()) return ended(writer);
            return history.oks() >= oks;
        });
    }

    private static boolean ended(Future<?> writer) throws InterruptedException, ExecutionException {
        writer.get();
        throw new AssertionError("a writer has ended");
    }

    private void assertDurable() throws SQLException {
        try (Connection db = database.connect()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes"))
                assertEquals("on", column(db, "show " + setting).get(0), setting);
        }
    }

    /** Followers and the closing of votes, both after the last kill: they live on through all of them. */
    private void assertJobsGoOn(Town town) throws Exception {
        String closing = town.openVote(Instant.now().plusSeconds(8));
        Eventually.holds(RECOVERY, "a vote is closed by the clock", () -> {
            try (Connection db = database.connect()) {
                return count(db, "select count(*) from proposal where status <> 'VOTING' and id = '" + closing + "'")
                        == 1;
            }
        });
        Eventually.holds(RECOVERY, "the tallies are those of the votes", () -> {
            try (Connection db = database.connect()) {
                return count(db, "select count(*) from vote") > 0 && count(db, """
                                select count(*) from proposal_tally t cross join lateral (
                                    select coalesce(sum(weight) filter (where choice = 'YES'), 0) as yes,
                                           coalesce(sum(weight) filter (where choice = 'NO'), 0) as no,
                                           coalesce(sum(weight) filter (where choice = 'ABSTAIN'), 0) as abstain, count(*) as voters
                                    from vote v where v.proposal_id = t.proposal_id) n
                                where (t.yes, t.no, t.abstain, t.voters) is distinct from (n.yes, n.no, n.abstain, n.voters)""") == 0;
            }
        });
        try (Connection db = database.connect()) {
            assertEquals(List.of(), column(db, "select error from dead_entry"));
        }
    }

    /** Asks again for every check-in of which nobody knows: now each is answered, and by the same key there is one. */
    private void ask(History history, Town town, Path file) throws Exception {
        var answered = History.read(file).stream()
                .filter(it -> it.outcome() == Outcome.OK)
                .map(Attempt::key)
                .collect(Collectors.toSet());
        Set<String> unknown = History.read(file).stream()
                .filter(it -> it.kind() == Kind.CHECK_IN && it.value().equals(town.event()))
                .map(Attempt::key)
                .filter(it -> !answered.contains(it))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        assertFalse(unknown.isEmpty(), "no request was under way when a process was killed");
        var again = new Writer(port, history, town, List.of(), done);
        for (String key : unknown) assertEquals(201, again.checkIn(town.code(), town.event(), key), key);
        for (String key : unknown) assertEquals(201, again.checkIn(town.code(), town.event(), key), key);
    }

    /** No 5xx but 503, none that hangs, and refused was only what is refused on purpose. */
    private static void assertAnswers(List<Attempt> attempts) {
        var refusals = new TreeSet<String>();
        var odd = new TreeSet<String>();
        var seen = new TreeSet<String>();
        for (Attempt attempt : attempts) {
            if (attempt.outcome() == Outcome.REFUSED) refusals.add(attempt.told());
            if (attempt.outcome() != Outcome.UNKNOWN) continue;
            seen.add(attempt.told());
            boolean expected = attempt.told().startsWith("503 ")
                    || attempt.told().equals("ConnectException")
                    || attempt.told().startsWith("IOException")
                    || attempt.told().startsWith("SocketException");
            if (!expected) odd.add(attempt.told());
        }
        assertEquals(Set.of(), odd);
        assertEquals(Set.of("409 check-in-closed", "403 not-in-electorate"), refusals);
        assertTrue(seen.stream().anyMatch(it -> it.equals("503 database-unavailable")), seen.toString());
    }

    private static List<Row> rows(Connection db, List<Attempt> attempts) throws SQLException {
        var keys = new HashMap<String, String>();
        for (Attempt attempt : attempts)
            if (attempt.kind() == Kind.CHECK_IN) keys.put(stored(attempt.key()), attempt.key());
        var rows = new ArrayList<Row>();
        try (var sql = db.createStatement()) {
            // the key itself is not stored, but the answer that it gives again
            var found = sql.executeQuery("""
                    select coalesce(k.key::text, 'no key for ' || a.id), a.event_id, a.id from attendance a
                    left join idempotency_key k on k.status = 201 and k.route = 'POST /api/v1/check-ins' and k.body::jsonb ->> 'id' = a.id::text""");
            while (found.next())
                rows.add(new Row(
                        Kind.CHECK_IN,
                        keys.getOrDefault(found.getString(1), found.getString(1)),
                        found.getString(2),
                        found.getString(3),
                        true));
            found = sql.executeQuery("""
                    select v.proposal_id || '/' || v.user_id, v.choice, v.receipt, true from vote v
                    union all
                    select v.proposal_id || '/' || v.user_id, c.choice, c.receipt, false
                    from vote_change c join vote v on v.community_id = c.community_id and v.id = c.vote_id""");
            while (found.next())
                rows.add(new Row(
                        Kind.VOTE,
                        found.getString(1),
                        found.getString(2),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(found.getBytes(3)),
                        found.getBoolean(4)));
        }
        return rows;
    }

    /** What stands in the database of an Idempotency-Key. */
    private static String stored(String key) {
        var digest = ByteBuffer.wrap(
                Digest.sha256(key.getBytes(StandardCharsets.UTF_8)).bytes());
        return new UUID(digest.getLong(), digest.getLong()).toString();
    }

    /** Rows and journal, counted from both sides. */
    private static List<String> disagreements(Connection db) throws SQLException {
        return column(db, """
                select 'attendance ' || a.id || ' has ' || count(j.id) || ' entries'
                from attendance a left join journal_entry j on j.subject_id = a.id and j.kind = 'CheckedIn'
                group by a.id having count(j.id) <> 1
                union all
                select 'entry ' || j.id || ' is of no attendance' from journal_entry j
                where j.kind = 'CheckedIn' and not exists (select from attendance a where a.id = j.subject_id)
                union all
                select 'vote ' || v.id || ' revision ' || v.revision || ' has ' || count(j.id) filter (where j.kind = 'VoteCast')
                       || ' + ' || count(j.id) filter (where j.kind = 'VoteChanged') || ' entries'
                from vote v left join journal_entry j on j.subject_id = v.id and j.kind in ('VoteCast', 'VoteChanged')
                group by v.id, v.revision
                having count(j.id) filter (where j.kind = 'VoteCast') <> 1
                    or count(j.id) filter (where j.kind = 'VoteChanged') <> v.revision
                union all
                select 'entry ' || j.id || ' is of no vote' from journal_entry j
                where j.kind in ('VoteCast', 'VoteChanged') and not exists (select from vote v where v.id = j.subject_id)
                union all
                select 'vote ' || v.id || ' has ' || count(c.vote_id) || ' earlier revisions' from vote v
                left join vote_change c on c.vote_id = v.id group by v.id, v.revision having count(c.vote_id) <> v.revision""");
    }

    private static void assertInvariants(Connection db) throws SQLException {
        List<String> views = column(
                db,
                "select viewname from pg_views where schemaname = 'public' and viewname like 'invariant%' order by 1");
        assertFalse(views.isEmpty());
        for (String view : views) assertEquals(0, count(db, "select count(*) from " + view), view);
    }

    private static long count(Connection db, String query) throws SQLException {
        return Long.parseLong(column(db, query).get(0));
    }

    private static List<String> column(Connection db, String query) throws SQLException {
        var values = new ArrayList<String>();
        try (var sql = db.createStatement();
                var found = sql.executeQuery(query)) {
            while (found.next()) values.add(found.getString(1));
        }
        return values;
    }

    private static List<String> first(List<String> all) {
        return all.subList(0, Math.min(20, all.size()));
    }

    /** A voter and a proposal on which nobody else writes this person's vote. */
    private record Ballot(String proposal, Person voter) {}

    /**
     * @param event with this code, open to the end
     * @param closed an event whose check-in is closed
     * @param ballots of each writer
     * @param late a member who is no elector
     */
    private record Town(
            Village village,
            Person council,
            String event,
            String code,
            String closed,
            String closedCode,
            List<List<Ballot>> ballots,
            Person late) {
        static Town build() {
            Village village = Village.open();
            Person council = village.member("Cem", "COUNCIL", "ORGANIZER");
            List<List<Person>> voters = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                List<Person> own = new ArrayList<>();
                for (int j = 0; j < VOTERS_EACH; j++) own.add(village.member("Voter " + i + "." + j));
                voters.add(own);
            }
            List<List<Ballot>> ballots = new ArrayList<>();
            for (List<Person> own : voters) {
                List<Ballot> cast = new ArrayList<>();
                for (int j = 0; j < PROPOSALS_EACH; j++) {
                    String proposal = openVote(village, council, Instant.now().plus(Duration.ofDays(1)));
                    for (Person voter : own) cast.add(new Ballot(proposal, voter));
                }
                ballots.add(cast);
            }
            String group = council.sends(Map.of("name", "Evenings"))
                    .post(village.path() + "/event-groups")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            Map<String, String> open = event(council, group);
            Map<String, String> closed = event(council, group);
            council.sends("{}")
                    .post("/api/v1/events/" + closed.get("id") + "/closure")
                    .then()
                    .statusCode(200);
            Person late = village.member("Late");
            return new Town(
                    village,
                    council,
                    open.get("id"),
                    open.get("code"),
                    closed.get("id"),
                    closed.get("code"),
                    ballots,
                    late);
        }

        private static Map<String, String> event(Person organizer, String group) {
            var made = organizer
                    .sends(Map.of(
                            "title", "Planting day", "startTime", Instant.now().toString(), "durationMinutes", 90))
                    .post("/api/v1/event-groups/" + group + "/events")
                    .then()
                    .statusCode(201)
                    .extract();
            return Map.of("id", made.path("id"), "code", made.path("codeText"));
        }

        String openVote(Instant closesAt) {
            return openVote(village, council, closesAt);
        }

        private static String openVote(Village village, Person council, Instant closesAt) {
            Person author = village.founder();
            String proposal = author.sends(Map.of("title", "A bench", "description", "By the river."))
                    .post(village.path() + "/proposals")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            author.sends("{}")
                    .post("/api/v1/proposals/" + proposal + "/submission")
                    .then()
                    .statusCode(200);
            council.sends(Map.of("decision", "APPROVE", "closesAt", closesAt.toString()))
                    .post("/api/v1/proposals/" + proposal + "/review")
                    .then()
                    .statusCode(200);
            return proposal;
        }
    }

    /** Writes without a pause, and writes down what it asked and what came back. */
    private static final class Writer implements Runnable {
        private static final List<String> CHOICES = List.of("YES", "NO", "ABSTAIN");

        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        private final int port;
        private final History history;
        private final Town town;
        private final List<Ballot> ballots;
        private final AtomicBoolean done;

        Writer(int port, History history, Town town, List<Ballot> ballots, AtomicBoolean done) {
            this.port = port;
            this.history = history;
            this.town = town;
            this.ballots = ballots;
            this.done = done;
        }

        @Override
        public void run() {
            for (int i = 0; !done.get(); i++) {
                int vote = i / 2;
                Ballot ballot = ballots.get(vote % ballots.size());
                int status;
                if (i % 2 == 0) status = checkIn(town.code(), town.event(), fresh());
                else status = vote(ballot.proposal(), ballot.voter(), CHOICES.get(vote / ballots.size() % 3));
                if (i % 20 == 7) checkIn(town.closedCode(), town.closed(), fresh());
                if (i % 20 == 14) vote(ballot.proposal(), town.late(), "YES");
                // while nobody answers there is nothing to learn from asking faster
                LockSupport.parkNanos(Duration.ofMillis(status == 0 ? 200 : status < 500 ? 1 : 20)
                        .toNanos());
            }
        }

        private static String fresh() {
            return UUID.randomUUID().toString();
        }

        int checkIn(String code, String event, String key) {
            return send(
                    history.asked(Kind.CHECK_IN, key, event),
                    request("/api/v1/check-ins")
                            .header("Idempotency-Key", key)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + code + "\"}")),
                    "id");
        }

        int vote(String proposal, Person voter, String choice) {
            return send(
                    history.asked(Kind.VOTE, proposal + "/" + voter.id(), choice),
                    request("/api/v1/proposals/" + proposal + "/vote")
                            .header("Authorization", "Bearer " + voter.token())
                            .PUT(HttpRequest.BodyPublishers.ofString("{\"choice\":\"" + choice + "\"}")),
                    "receipt");
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", "application/json");
        }

        /** The status; 0 where no answer came. */
        private int send(long number, HttpRequest.Builder request, String proof) {
            try {
                HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                int status = answer.statusCode();
                JsonNode body = JSON.readTree(answer.body());
                if (status < 300) history.ok(number, body.path(proof).asText());
                else if (status < 500)
                    history.refused(number, status + " " + body.path("code").asText());
                else history.unknown(number, status + " " + body.path("code").asText());
                return status;
            } catch (IOException e) {
                history.unknown(number, e.getClass().getSimpleName());
                return 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                history.unknown(number, "stopped");
                return 0;
            }
        }
    }
}
