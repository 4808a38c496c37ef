package org.townsquare.audit;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Poll;
import org.townsquare.town.Village;

/** Who learns from the log that somebody voted: themselves, and of others whom governance tells who voted; never what. Of lists, entries, proofs and exports. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class BallotEntriesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CHOICE = Pattern.compile("\\b(YES|NO|ABSTAIN)\\b|\"(choice|marks|nonce)\"");

    /** Two votes whose ballots members learn of, and two of which everybody does, all by Vic. */
    private Village village;

    private Person voter;
    private final Map<String, Motion> motions = new LinkedHashMap<>();
    private final Map<String, Poll> polls = new LinkedHashMap<>();
    private final Map<String, Supplier<RequestSpecification>> readers = new LinkedHashMap<>();

    @BeforeEach
    void town() {
        village = Village.open();
        Person ada = village.founder();
        ada.sends(Map.of("auditReaders", "PUBLIC"))
                .put(village.path() + "/settings")
                .then()
                .statusCode(200);
        voter = village.member("Vic");
        Person council = village.member("Cou", "COUNCIL");
        Person suspended = village.member("Sue", "COUNCIL");
        Person left = village.member("Lou", "COUNCIL");
        for (String secrecy : List.of("MEMBERS", "PUBLIC")) {
            String rule = Motion.rule(village, Map.of("secrecy", secrecy, "early_close", "BY_COUNCIL"));
            motions.put(
                    secrecy,
                    Motion.draft(village, voter, Map.of("ruleId", rule)).opened());
            polls.put(
                    secrecy,
                    Poll.open(
                            village,
                            Map.of(
                                    "secrecy",
                                    secrecy,
                                    "ruleId",
                                    Motion.rule(village, Map.of("early_close", "BY_COUNCIL")))));
            assertEquals(201, of(motions, secrecy).vote(voter, "YES"));
            assertEquals(200, of(motions, secrecy).vote(voter, "NO"));
            voter.sends().delete(of(motions, secrecy).path() + "/vote").then().statusCode(204);
            Poll poll = of(polls, secrecy);
            assertEquals(201, poll.cast(voter, poll.choice(0)));
            assertEquals(200, poll.cast(voter, poll.choice(1)));
            voter.sends().delete(poll.path() + "/ballot").then().statusCode(204);
        }
        village.suspended(suspended);
        village.left(left);
        Person root = Person.root();
        readers.put("nobody", Person::nobody);
        readers.put("stranger", Person.named("Eve")::sends);
        readers.put("ADMIN of another community", Village.open().founder()::sends);
        readers.put("has left", left::sends);
        readers.put("PLATFORM_ADMIN", root::sends);
        readers.put("CITIZEN", village.member("Cit")::sends);
        readers.put("suspended COUNCIL", suspended::sends);
        readers.put("COUNCIL", council::sends);
        readers.put("ADMIN", ada::sends);
        readers.put("voter", voter::sends);
        readers.put("voter, impersonated", voter.by(impersonation(root))::sends);
    }

    private String impersonation(Person root) {
        return root.sends(Map.of("reason", "Looking for a fault.", "minutes", 10))
                .post("/api/v1/users/" + voter.id() + "/impersonation")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private void closed() {
        for (Motion motion : motions.values())
            village.founder()
                    .sends("{}")
                    .post(motion.path() + "/closure")
                    .then()
                    .statusCode(200);
        for (Poll poll : polls.values())
            village.founder().sends("{}").post(poll.path() + "/closure").then().statusCode(200);
    }

    private static <T> T of(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name));
    }

    /** The entries of a vote or of ballots, with a kind each. */
    private Map<String, String> entries(String secrecy) {
        var found = new LinkedHashMap<String, String>();
        for (String of : List.of(of(motions, secrecy).id(), of(polls, secrecy).id()))
            for (String line : Database.texts(
                    "select id || ' ' || kind from journal_entry where community_id = ?::uuid and kind ~ '^(Vote|Ballot)(Cast|Changed|Withdrawn)$' and convert_from(body, 'UTF8') like ? order by id",
                    village.id(),
                    "%" + of + "%")) found.put(line.substring(0, 36), line.substring(37));
        assertEquals(
                List.of("VoteCast", "VoteChanged", "VoteWithdrawn", "BallotCast", "BallotChanged", "BallotWithdrawn"),
                List.copyOf(found.values()));
        return found;
    }

    /** What lists and single entries tell these readers of the votes of this secrecy, and the others nothing. */
    private void toldTo(String secrecy, Set<String> whom) throws Exception {
        Map<String, String> entries = entries(secrecy);
        var wrong = new ArrayList<String>();
        for (var reader : readers.entrySet()) {
            boolean told = whom.contains(reader.getKey());
            var request = reader.getValue();
            for (String path :
                    List.of("?limit=100", "?limit=100&actorId=" + voter.id(), "?limit=100&kind=VoteChanged")) {
                Response answer = request.get().get(village.path() + "/audit-log" + path);
                assertEquals(200, answer.statusCode(), reader.getKey());
                assertFalse(CHOICE.matcher(answer.asString()).find(), reader.getKey() + ": " + answer.asString());
                var shown = new ArrayList<String>();
                for (JsonNode item : JSON.readTree(answer.asString()).get("items"))
                    if (entries.containsKey(item.get("id").textValue())) {
                        if (item.get("withheld").booleanValue() == told
                                || (told
                                        && !voter.id()
                                                .equals(item.path("actor")
                                                        .path("id")
                                                        .textValue())))
                            wrong.add(reader.getKey() + " " + path + ": " + item);
                        shown.add(item.get("id").textValue());
                    }
                long due = !path.contains("&") ? 6 : !told ? 0 : path.contains("kind") ? 1 : 6;
                if (shown.size() != due) wrong.add(reader.getKey() + " " + path + ": " + shown.size() + " of " + due);
            }
            for (String entry : entries.keySet()) {
                Response answer = request.get().get("/api/v1/audit-entries/" + entry);
                JsonNode item = JSON.readTree(answer.asString());
                if (answer.statusCode() != 200 || item.get("withheld").booleanValue() == told)
                    wrong.add(reader.getKey() + " " + entries.get(entry) + ": " + answer.asString());
                assertFalse(CHOICE.matcher(answer.asString()).find(), answer.asString());
            }
        }
        assertEquals(List.of(), wrong, secrecy);
    }

    @Test
    void while_a_vote_is_open_council_and_admin_learn_who_voted() throws Exception {
        for (String secrecy : motions.keySet()) toldTo(secrecy, Set.of("voter", "COUNCIL", "ADMIN"));
    }

    @Test
    void once_it_is_closed_members_do_and_everybody_where_its_votes_are_public() throws Exception {
        closed();
        var members = Set.of("voter", "COUNCIL", "ADMIN", "CITIZEN", "suspended COUNCIL");
        toldTo("MEMBERS", members);
        var all = new java.util.HashSet<>(members);
        all.addAll(List.of("nobody", "stranger", "ADMIN of another community", "has left"));
        toldTo("PUBLIC", all);
    }

    @Test
    void an_export_and_a_proof_tell_what_the_list_tells() throws Exception {
        Person ada = village.founder();
        for (boolean open : List.of(true, false)) {
            if (!open) closed();
            for (String secrecy : motions.keySet())
                for (String entry : entries(secrecy).keySet()) {
                    Eventually.holds(
                            Duration.ofSeconds(30),
                            "it is sealed",
                            () -> ada.sends()
                                            .get("/api/v1/audit-entries/" + entry + "/proof")
                                            .statusCode()
                                    == 200);
                    Person.nobody()
                            .get("/api/v1/audit-entries/" + entry + "/proof")
                            .then()
                            .statusCode(200)
                            .body("entryId", is(entry));
                }
            for (String reader : List.of("ADMIN", "COUNCIL")) {
                String export = of(readers, reader)
                        .get()
                        .get(village.path() + "/audit-log/export")
                        .asString();
                assertFalse(CHOICE.matcher(export.replace("\\\"", "\"")).find(), export);
                assertEquals(12, bodies(export), reader);
            }
        }
    }

    private static long bodies(String export) {
        return export.lines()
                .filter(line -> Pattern.compile("\\\\\"kind\\\\\":\\\\\"(Vote|Ballot)(Cast|Changed|Withdrawn)\\\\\"")
                        .matcher(line)
                        .find())
                .count();
    }

    @Test
    void a_key_of_the_council_without_the_scope_learns_nothing_of_an_open_vote() {
        Person council = village.member("Key", "COUNCIL");
        String key = council.again()
                .sends(Map.of(
                        "name",
                        "log",
                        "scopes",
                        List.of("audit:read", "audit:read-always"),
                        "communityId",
                        village.id(),
                        "password",
                        Person.PASSWORD))
                .post("/api/v1/me/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
        String entry = entries("MEMBERS").keySet().iterator().next();
        council.by(key)
                .sends()
                .get("/api/v1/audit-entries/" + entry)
                .then()
                .statusCode(200)
                .body("withheld", is(true));
        council.sends()
                .get("/api/v1/audit-entries/" + entry)
                .then()
                .statusCode(200)
                .body("withheld", is(false));
        assertTrue(key.startsWith("tsk_"));
    }
}
