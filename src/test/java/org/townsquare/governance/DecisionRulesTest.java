package org.townsquare.governance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.townsquare.governance.ProposalTest.refused;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rush;
import org.townsquare.town.Rush.Answer;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class DecisionRulesTest {
    private static final Map<String, Object> HALF = Map.of("base", "CAST", "num", 1, "den", 2, "strict", true);

    /** A rule with these fields beside a name and one threshold. */
    static ValidatableResponse write(Person by, Village village, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("name", "Budget", "thresholds", List.of(HALF)));
        body.putAll(more);
        return by.sends(body).post(village.path() + "/decision-rules").then();
    }

    @Test
    void a_rule_is_written_whole_and_read_as_it_was_written() {
        Village village = Village.open();
        String group = Gathering.group(village);
        var body = Map.ofEntries(
                Map.entry("name", " Budget "),
                Map.entry("voterRoles", List.of("ADMIN", "COUNCIL", "ADMIN")),
                Map.entry("tenureSeconds", 86_400),
                Map.entry("attendanceGroupId", group),
                Map.entry("attendanceLast", 5),
                Map.entry("attendanceAtLeast", 2),
                Map.entry("weighting", "BY_ROLE"),
                Map.entry("roleWeights", Map.of("COUNCIL", 3, "ADMIN", 1_000_000)),
                Map.entry("quorumKind", "YES_PLUS_ABSTAIN"),
                Map.entry("quorumNum", 1),
                Map.entry("quorumDen", 3),
                Map.entry("quorumAtLeast", 4),
                Map.entry("yesAtLeast", 2),
                Map.entry(
                        "thresholds", List.of(HALF, Map.of("base", "ELECTORATE", "num", 2, "den", 3, "strict", false))),
                Map.entry("minVotingSeconds", 86_400),
                Map.entry("defaultVotingSeconds", 90_000),
                Map.entry("maxVotingSeconds", 100_000),
                Map.entry("earlyClose", "ALL_VOTED"),
                Map.entry("earlyCloseByItself", true),
                Map.entry("selfReview", true),
                Map.entry("secrecy", "PUBLIC"),
                Map.entry("results", "AFTER_CLOSE"));
        var made = write(village.founder(), village, body).statusCode(201).extract();
        String path = made.header("Location");
        Map<String, Object> shown =
                Person.nobody().get(path).then().statusCode(200).extract().path("$");
        assertEquals(made.path("$"), shown);
        var expected = new HashMap<String, Object>(body);
        expected.put("name", "Budget");
        expected.put("revision", 1);
        expected.put("voterRoles", List.of("COUNCIL", "ADMIN"));
        expected.put("isDefault", false);
        expected.put("id", path.substring(path.lastIndexOf('/') + 1));
        expected.put("warnings", List.of("NO_SHOW_PARADOX", "SELF_REVIEW"));
        assertEquals(new JsonObject(expected), new JsonObject(shown));
    }

    @Test
    void what_is_left_out_is_as_in_the_rules_that_every_community_begins_with() {
        Village village = Village.open();
        var made = write(village.founder(), village, Map.of()).statusCode(201).extract();
        var copy = new JsonObject(made.<Map<String, Object>>path("$"));
        for (String beside : List.of("id", "isDefault", "warnings")) copy.remove(beside);
        assertEquals(
                new JsonObject(Presets.SIMPLE_MAJORITY.canonical()).put("name", "Budget"),
                new JsonObject(copy.encode()));
    }

    @Test
    void a_name_that_there_is_gets_its_next_revision_and_the_first_stays() {
        Village village = Village.open();
        String first = write(village.founder(), village, Map.of("yesAtLeast", 2))
                .extract()
                .path("id");
        write(village.founder(), village, Map.of("yesAtLeast", 3))
                .statusCode(201)
                .body("revision", is(2));
        write(village.founder(), village, Map.of("name", "simple-majority"))
                .statusCode(201)
                .body("revision", is(2))
                .body("isDefault", is(false));
        Person.nobody()
                .get("/api/v1/decision-rules/" + first)
                .then()
                .body("revision", is(1))
                .body("yesAtLeast", is(2));
        assertEquals(List.of("1", "2", "2"), revisions(village));
    }

    /** As the journal has them. */
    private static List<String> revisions(Village village) {
        return Database.texts(
                "select convert_from(body, 'UTF8')::jsonb #>> '{fact,revision}' from journal_entry where kind = 'RuleWritten' and community_id = ?::uuid order by id",
                village.id());
    }

    @Test
    void a_rule_that_contradicts_itself_is_not_written() {
        Village village = Village.open();
        String group = Gathering.group(village);
        for (Map<String, ?> wrong : List.<Map<String, ?>>of(
                Map.of("weighting", "BY_ROLE"),
                Map.of("roleWeights", Map.of("ADMIN", 2)),
                Map.of("quorumKind", "PARTICIPATION"),
                Map.of("quorumNum", 1, "quorumDen", 2),
                Map.of("quorumKind", "AFFIRMATIVE", "quorumNum", 3, "quorumDen", 2),
                Map.of("attendanceGroupId", group, "attendanceLast", 5),
                Map.of("attendanceLast", 5, "attendanceAtLeast", 5),
                Map.of("attendanceGroupId", group, "attendanceLast", 2, "attendanceAtLeast", 3),
                Map.of("minVotingSeconds", 100, "defaultVotingSeconds", 99),
                Map.of("maxVotingSeconds", 100, "defaultVotingSeconds", 101),
                Map.of("earlyCloseByItself", true, "earlyClose", "NEVER"),
                Map.of("thresholds", List.of(Map.of("base", "CAST", "num", 2, "den", 1))),
                Map.of("thresholds", List.of(Map.of("base", "CAST", "num", 1, "den", 3)))))
            write(village.founder(), village, wrong).statusCode(422).body("code", is("rule-inconsistent"));
        for (var wrong : Map.<String, Map<String, ?>>of(
                        "name", Map.of("name", " "),
                        "tenureSeconds", Map.of("tenureSeconds", -1),
                        "quorumDen", Map.of("quorumDen", 0),
                        "yesAtLeast", Map.of("yesAtLeast", 0),
                        "quorumAtLeast", Map.of("quorumAtLeast", 10_000_000_000_001L),
                        "thresholds", Map.of("thresholds", List.of()),
                        "maxVotingSeconds", Map.of("maxVotingSeconds", 31_622_401),
                        "attendanceLast", Map.of("attendanceLast", 51))
                .entrySet())
            write(village.founder(), village, wrong.getValue())
                    .statusCode(422)
                    .body("code", is("invalid"))
                    .body("violations.field", contains(wrong.getKey()));
        String elsewhere = Gathering.group(Village.open());
        for (String unknown : List.of(elsewhere, UUID.randomUUID().toString()))
            write(
                            village.founder(),
                            village,
                            Map.of("attendanceGroupId", unknown, "attendanceLast", 2, "attendanceAtLeast", 1))
                    .statusCode(422)
                    .body("code", is("group-unknown"));
        assertEquals(List.of(), revisions(village));
    }

    @Test
    void admins_write_and_adopt_and_nobody_else() {
        Village village = Village.open();
        String rule = rule(village, "two-thirds");
        Person council = village.member("Cem", "COUNCIL");
        for (var refusal : Map.of(council, "not-allowed", Person.named("Eve"), "members-only")
                .entrySet()) {
            write(refusal.getKey(), village, Map.of()).statusCode(403).body("code", is(refusal.getValue()));
            refused(refusal.getKey().sends("{}").post(adoption(rule)), 403, refusal.getValue());
        }
        String hidden = rule(Village.hidden(), "two-thirds", false);
        refused(council.sends().get("/api/v1/decision-rules/" + hidden), 404, "not-found");
        refused(village.founder().sends("{}").post(adoption(hidden)), 404, "not-found");
    }

    @Test
    void an_adopted_rule_decides_what_is_opened_from_then_on() {
        Village village = Village.open();
        Motion open = Motion.draft(village).opened();
        Motion waiting = Motion.draft(village).submitted();
        String rule = rule(village, "two-thirds");
        for (int i = 0; i < 2; i++)
            village.founder()
                    .sends("{}")
                    .post(adoption(rule))
                    .then()
                    .statusCode(200)
                    .body("id", is(rule))
                    .body("isDefault", is(true));
        Person.nobody()
                .get(village.path() + "/decision-rules")
                .then()
                .body("items.findAll { it.isDefault }.name", contains("two-thirds"));
        open.council().sends().get(open.path()).then().body("rule.name", is("simple-majority"));
        waiting.council()
                .sends(Map.of("decision", "APPROVE"))
                .post(waiting.path() + "/review")
                .then()
                .statusCode(200)
                .body("rule.name", is("two-thirds"));
        assertEquals(
                List.of(rule),
                Database.texts(
                        "select subject_id from journal_entry where kind = 'RuleAdopted' and community_id = ?::uuid",
                        village.id()));
    }

    @Test
    void a_rule_that_is_edited_while_a_vote_is_open_changes_no_outcome() {
        Village village = Village.open();
        String rule = write(village.founder(), village, Map.of("earlyClose", "BY_COUNCIL"))
                .extract()
                .path("id");
        Motion motion = Motion.draft(village, Map.of("ruleId", rule)).opened();
        motion.vote(motion.author(), "YES");
        write(village.founder(), village, Map.of("yesAtLeast", 1000)).statusCode(201);
        motion.council()
                .sends("{}")
                .post(motion.path() + "/closure")
                .then()
                .statusCode(200)
                .body("status", is("PASSED"))
                .body("rule.revision", is(1));
    }

    @Test
    void revisions_written_at_once_are_each_one_more() {
        Village village = Village.open();
        List<Integer> revisions = IntStream.range(0, 12)
                .mapToObj(i -> Rush.send(
                        village.founder(),
                        "POST",
                        village.path() + "/decision-rules",
                        Map.of("name", "Budget", "thresholds", new JsonArray(List.of(HALF)))))
                .toList()
                .stream()
                .map(it -> it.join())
                .map(it -> it.body().getInteger("revision"))
                .sorted()
                .toList();
        assertEquals(IntStream.rangeClosed(1, 12).boxed().toList(), revisions);
    }

    @Test
    void rules_adopted_at_once_leave_one_default() {
        Village village = Village.open();
        List<String> rules = Person.nobody()
                .get(village.path() + "/decision-rules")
                .then()
                .extract()
                .path("items.id");
        for (int round = 0; round < 3; round++) {
            List<Answer> answers = rules.stream()
                    .flatMap(rule -> java.util.stream.Stream.of(rule, rule))
                    .map(rule -> Rush.send(village.founder(), "POST", adoption(rule), Map.of()))
                    .toList()
                    .stream()
                    .map(it -> it.join())
                    .toList();
            assertEquals(
                    List.of(200),
                    answers.stream().map(Answer::status).distinct().toList(),
                    answers.toString());
            assertEquals(
                    List.of("1"),
                    Database.texts(
                            "select count(*) from decision_rule where community_id = ?::uuid and is_default",
                            village.id()));
        }
        // each adoption names the one before it
        assertEquals(
                List.of("0"),
                Database.texts(
                        "select count(*) from (select subject_id, convert_from(body, 'UTF8')::jsonb #>> '{fact,before}' as before, "
                                + "lag(subject_id) over (order by created_xid, id) as last from journal_entry where kind = 'RuleAdopted' and community_id = ?::uuid) x "
                                + "where last is not null and before is null",
                        village.id()));
    }

    @Test
    void old_copies_of_rules_are_read_and_shown_as_they_were_hashed() {
        var old = new JsonObject(Presets.SIMPLE_MAJORITY.canonical());
        for (String added : List.of("attendanceGroupId", "attendanceLast", "attendanceAtLeast", "earlyCloseByItself"))
            old.remove(added);
        assertEquals(Presets.SIMPLE_MAJORITY, RuleTerms.of(old));
        Motion motion = Motion.draft().opened();
        Database.update("update proposal set rule = ?::jsonb where id = ?::uuid", old.encode(), motion.id());
        Map<String, Object> shown = Person.nobody()
                .get(motion.path())
                .then()
                .body("rule.earlyCloseByItself", nullValue())
                .body("rule.voterRoles", empty())
                .extract()
                .path("rule");
        assertEquals(old, new JsonObject(shown));
    }

    private static String rule(Village village, String name) {
        return rule(village, name, true);
    }

    private static String rule(Village village, String name, boolean open) {
        return (open ? Person.nobody() : village.founder().sends())
                .get(village.path() + "/decision-rules")
                .then()
                .extract()
                .path("items.find { it.name == '" + name + "' }.id");
    }

    private static String adoption(String rule) {
        return "/api/v1/decision-rules/" + rule + "/adoption";
    }
}
