package org.townsquare.audit;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.platform.Digest;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/** What anyone can ask of the log, and check for themselves. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class ProofTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @CanIgnoreReturnValue
    private static String draft(Person author, Village village) {
        return author.sends(Map.of("title", "A bench", "description", "By the river."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String newest(Person reader, Village village) {
        return reader.sends()
                .get(village.path() + "/audit-log?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
    }

    @CanIgnoreReturnValue
    private static JsonPath proof(Person reader, String entry) throws Exception {
        Eventually.holds(
                Duration.ofSeconds(30),
                "it is sealed",
                () -> reader.sends()
                                .get("/api/v1/audit-entries/" + entry + "/proof")
                                .statusCode()
                        == 200);
        return reader.sends().get("/api/v1/audit-entries/" + entry + "/proof").jsonPath();
    }

    private static VerifierKey key() {
        return VerifierKey.parse(Person.nobody()
                .get("/api/v1/log/keys")
                .then()
                .statusCode(200)
                .body("items.current", hasItem(true))
                .extract()
                .path("items[0].key"));
    }

    private static Checkpoint opened(String note) {
        SignedNote signed = SignedNote.parse(note);
        assertTrue(signed.isSignedBy(List.of(key())), note);
        return Checkpoint.parse(signed.text());
    }

    private static List<Digest> digests(List<String> texts) {
        return texts.stream().map(Digest::parse).toList();
    }

    @Test
    void an_entry_is_proven_to_stand_in_the_signed_log() throws Exception {
        Village village = Village.open();
        String entry = newest(village.founder(), village);
        JsonPath proof = proof(village.founder(), entry);
        Checkpoint checkpoint = opened(proof.getString("checkpoint"));
        String leaf = proof.getString("leaf");
        assertTrue(MerkleTree.includes(
                MerkleTree.leaf(leaf.getBytes(StandardCharsets.UTF_8)),
                proof.getLong("leafIndex"),
                checkpoint.size(),
                digests(proof.getList("path")),
                checkpoint.root()));
        JsonNode says = JSON.readTree(leaf);
        village.founder()
                .sends()
                .get("/api/v1/audit-entries/" + entry)
                .then()
                .statusCode(200)
                .body("entry", is(says.get("entry").textValue()))
                .body("kind", is("MemberJoined"))
                .body("origin.ip", is("127.0.0.1"));
        assertEquals(village.id(), says.get("community").textValue());
        assertEquals(1, says.get("index").longValue(), "CommunityFounded came first");
    }

    @Test
    void checkpoints_follow_from_one_another() throws Exception {
        Village village = Village.open();
        proof(village.founder(), newest(village.founder(), village));
        Checkpoint before = opened(Person.nobody()
                .get("/api/v1/log/checkpoint")
                .then()
                .statusCode(200)
                .contentType(containsString("text/plain"))
                .extract()
                .asString());
        village.member("Bob");
        proof(village.founder(), newest(village.founder(), village));
        Checkpoint after = opened(Person.nobody().get("/api/v1/log/checkpoint").asString());
        assertTrue(after.size() > before.size());
        JsonPath path = Person.nobody()
                .get("/api/v1/log/consistency?from=" + before.size() + "&to=" + after.size())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertTrue(MerkleTree.continues(
                before.size(), before.root(), after.size(), after.root(), digests(path.getList("path"))));
        for (String wrong : List.of(
                "from=" + (after.size() + 1_000_000),
                "to=" + (after.size() + 1_000_000),
                "from=2&to=1",
                "from=-1",
                "from=1.5",
                "to=1e3",
                "to=99999999999999999999",
                "from=all"))
            Person.nobody()
                    .get("/api/v1/log/consistency?" + wrong)
                    .then()
                    .statusCode(400)
                    .body("code", is("parameter-invalid"));
        for (String same : List.of("from=0&to=0", "from=1&to=1", "from=0"))
            Person.nobody()
                    .get("/api/v1/log/consistency?" + same)
                    .then()
                    .statusCode(200)
                    .body("path", empty());
        Person.nobody().get("/api/v1/log/consistency").then().statusCode(200).body("path", empty());
        JsonPath list = Person.nobody()
                .get("/api/v1/log/checkpoints?limit=2")
                .then()
                .statusCode(200)
                .body("items.signedAt", everyItem(notNullValue()))
                .extract()
                .jsonPath();
        assertTrue(list.getLong("items[0].size") > list.getLong("items[1].size"));
        assertEquals(
                list.getString("items[0].root"),
                opened(list.getString("items[0].note")).root().text());
        Person.nobody()
                .get("/api/v1/log/checkpoints?limit=2&cursor=" + list.getString("next"))
                .then()
                .statusCode(200)
                .body("items[0].size", is(Integer.valueOf(below(list.getLong("items[1].size")))));
    }

    private static String below(long size) {
        return Database.texts("select max(size) from log_checkpoint where size < ?", size)
                .get(0);
    }

    @Test
    void what_is_not_sealed_yet_is_asked_for_again() throws Exception {
        try (var db = Database.connect()) {
            db.setAutoCommit(false);
            // who holds the head is the sealer
            db.createStatement().execute("select size from log_head for update");
            Village village = Village.open();
            village.founder()
                    .sends()
                    .get("/api/v1/audit-entries/" + newest(village.founder(), village) + "/proof")
                    .then()
                    .statusCode(202)
                    .header("Retry-After", "1")
                    .body("code", is("not-sealed-yet"))
                    .body("leaf", nullValue());
            db.rollback();
        }
    }

    @Test
    void the_log_is_asked_by_kind_person_thing_and_time() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        String draft = draft(bob, village);
        bob.sends("{}")
                .post("/api/v1/proposals/" + draft + "/submission")
                .then()
                .statusCode(200);
        Person ada = village.founder();
        String log = village.path() + "/audit-log";
        ada.sends()
                .get(log + "?kind=MemberJoined")
                .then()
                .statusCode(200)
                .body("items.kind", contains("MemberJoined", "MemberJoined"));
        ada.sends()
                .get(log + "?actorId=" + bob.id())
                .then()
                .body("items.kind", contains("ProposalSubmitted", "ProposalDrafted", "MemberJoined"))
                .body("items.actor.id", everyItem(is(bob.id())));
        ada.sends()
                .get(log + "?actorId=" + bob.id() + "&limit=2")
                .then()
                .body("items.kind", contains("ProposalSubmitted", "ProposalDrafted"))
                .body("next", notNullValue());
        ada.sends()
                .get(log + "?subjectId=" + draft + "&kind=ProposalSubmitted")
                .then()
                .body("items.subject.id", contains(draft));
        String at =
                ada.sends().get(log + "?kind=ProposalDrafted").then().extract().path("items[0].at");
        ada.sends()
                .get(log + "?from=" + at)
                .then()
                .body("items.kind", contains("ProposalSubmitted", "ProposalDrafted"));
        ada.sends()
                .get(log + "?to=" + at)
                .then()
                .body("items.kind", contains("MemberJoined", "MemberJoined", "CommunityFounded"));
        ada.sends()
                .get(log + "?from=" + Instant.now().plusSeconds(3_600))
                .then()
                .body("items", empty());
        ada.sends()
                .get(log + "?from=2030-01-01T00:00:00Z&to=2020-01-01T00:00:00Z")
                .then()
                .statusCode(200)
                .body("items", empty());
        for (String wrong : List.of("kind=Nothing", "from=yesterday", "actorId=7", "to=1969-12-31T23:59:59Z"))
            ada.sends().get(log + "?" + wrong).then().statusCode(400).body("code", is("parameter-invalid"));
    }

    @Test
    void what_one_may_not_read_is_not_found_by_what_it_says_either() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        Person eve = village.member("Eve");
        String draft = draft(bob, village);
        String log = village.path() + "/audit-log";
        for (String by : List.of("actorId=" + bob.id(), "kind=ProposalDrafted", "subjectId=" + draft))
            eve.sends()
                    .get(log + "?" + by)
                    .then()
                    .statusCode(200)
                    .body("items.findAll { it.withheld }", empty())
                    .body("items.kind", not(hasItem("ProposalDrafted")));
        eve.sends().get(log + "?limit=1").then().body("items[0].withheld", is(true));
        bob.sends().get(log + "?kind=ProposalDrafted").then().body("items.kind", contains("ProposalDrafted"));
    }

    @Test
    void one_entry_is_shown_as_its_log_shows_it() {
        Village village = Village.hidden();
        Person bob = village.invites(Person.named("Bob"));
        String own = newest(bob, village);
        draft(village.founder(), village);
        String drafted = newest(village.founder(), village);
        bob.sends()
                .get("/api/v1/audit-entries/" + drafted)
                .then()
                .statusCode(200)
                .body("withheld", is(true))
                .body("kind", nullValue());
        Person eve = Person.named("Eve");
        for (String entry : List.of(own, drafted)) {
            eve.sends().get("/api/v1/audit-entries/" + entry).then().statusCode(404);
            eve.sends().get("/api/v1/audit-entries/" + entry + "/proof").then().statusCode(404);
            Person.nobody().get("/api/v1/audit-entries/" + entry).then().statusCode(404);
        }
        bob.sends().delete(village.pathOf(bob)).then().statusCode(204);
        String joined = bob.sends()
                .get("/api/v1/me/audit-log?kind=MemberJoined")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
        bob.sends()
                .get("/api/v1/audit-entries/" + joined)
                .then()
                .statusCode(200)
                .body("kind", is("MemberJoined"));
        bob.sends().get("/api/v1/audit-entries/" + drafted).then().statusCode(404);
    }

    @Test
    void everybody_reads_what_they_did_and_from_where() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        bob.sends()
                .get("/api/v1/me/audit-log")
                .then()
                .statusCode(200)
                .body("items.kind", hasItems("MemberJoined", "UserSignedUp"))
                .body("items.actor.id", everyItem(is(bob.id())))
                .body("items.origin.ip", everyItem(is("127.0.0.1")))
                .body("items.withheld", everyItem(is(false)));
        village.founder()
                .sends()
                .get("/api/v1/me/audit-log?actorId=" + bob.id())
                .then()
                .body("items", empty());
    }

    @Test
    void platform_admins_read_what_happened_outside_of_communities() {
        Person bob = Person.named("Bob");
        Village.open();
        Person root = Person.root();
        root.sends()
                .get("/api/v1/audit-log?actorId=" + bob.id())
                .then()
                .statusCode(200)
                .body("items.kind", hasItem("UserSignedUp"));
        root.sends().get("/api/v1/audit-log?limit=100").then().body("items.kind", not(hasItem("CommunityFounded")));
        bob.sends().get("/api/v1/audit-log").then().statusCode(403);
    }

    @Test
    void the_export_is_verified_offline_by_whoever_may_have_it(@TempDir Path folder) throws Exception {
        Village village = Village.open();
        Person bob = village.member("Bob", "COUNCIL");
        draft(bob, village);
        village.founder()
                .sends(Map.of("reason", "Shouting \"so\" ä\n."))
                .post(village.pathOf(village.member("Eve")) + "/suspension")
                .then()
                .statusCode(200);
        String last = newest(village.founder(), village);
        proof(village.founder(), last);
        String export = village.founder()
                .sends()
                .get(village.path() + "/audit-log/export")
                .then()
                .statusCode(200)
                .contentType(containsString("application/x-ndjson"))
                .header("Content-Disposition", containsString(village.id()))
                .extract()
                .body()
                .asString();
        List<String> lines = export.lines().toList();
        assertEquals(JSON.readTree(lines.get(0)).get("entries").intValue(), lines.size() - 2);
        assertEquals(
                "end", JSON.readTree(lines.get(lines.size() - 1)).get("type").textValue());
        assertTrue(export.contains("Shouting"), "private texts go along for who may read them");
        JsonNode drafted = JSON.readTree(lines.stream()
                .filter(it -> it.contains("\"entry\":\""))
                .findFirst()
                .orElseThrow());
        assertFalse(drafted.has("body"), "a draft of another is a digest");
        Export.Said said = Export.of(folder.resolve("export.ndjson"), export).verified("--key", key().line());
        assertEquals(0, said.exit(), said.text());
        assertTrue(said.text().startsWith("SOUND " + (lines.size() - 2)), said.text());

        Path note = Files.writeString(
                folder.resolve("checkpoint"),
                JSON.readTree(lines.get(0)).get("checkpoint").textValue());
        village.member("Cem");
        proof(village.founder(), newest(village.founder(), village));
        String later = bob.sends().get(village.path() + "/audit-log/export").asString();
        long to = Checkpoint.parse(JSON.readTree(later.lines().findFirst().orElseThrow())
                        .get("checkpoint")
                        .textValue())
                .size();
        long from = Checkpoint.parse(Files.readString(note)).size();
        Path way = Files.writeString(
                folder.resolve("way"),
                Person.nobody()
                        .get("/api/v1/log/consistency?from=" + from + "&to=" + to)
                        .asString());
        var grown = Export.of(folder.resolve("later.ndjson"), later);
        assertEquals(
                0,
                grown.verified("--key", key().line(), "--earlier", note.toString(), way.toString())
                        .exit());
        Files.writeString(way, "{\"path\":[]}");
        assertEquals(
                2,
                grown.verified("--key", key().line(), "--earlier", note.toString(), way.toString())
                        .exit());

        village.member("Dora")
                .sends()
                .get(village.path() + "/audit-log/export")
                .then()
                .statusCode(403);
        Person.named("Eve")
                .sends()
                .get(village.path() + "/audit-log/export")
                .then()
                .statusCode(403);
        Person.nobody().get(village.path() + "/audit-log/export").then().statusCode(401);
    }

    @Test
    void the_verifier_runs_as_one_file_with_a_JDK_alone(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("export.ndjson"), "{}\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Path.of("docs", "verify", "Verify.java").toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(2, process.exitValue(), out);
        assertTrue(out.contains("FINDING"), out);
    }
}
