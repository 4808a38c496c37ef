package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Gathering;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/**
 * While a vote is sealed no GET of the OpenAPI document, asked by anybody about the very things of the vote, shows a count or a choice. Weights make the
 * sums numbers that stand nowhere else.
 */
@QuarkusTest
@QuarkusTestResource(Database.class)
class DisclosureTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COUNCIL_WEIGHT = 734_511;
    private static final int FINANCIAL_WEIGHT = 823_377;
    private static final Set<String> CHOICES = Set.of("YES", "NO", "ABSTAIN");

    /** In a page, a picture or a table: a choice as a word of its own. */
    private static final Pattern WORD = Pattern.compile("\\b(YES|ABSTAIN)\\b");

    /** Where a choice or a count would stand. */
    private static final Set<String> TELLING = Set.of(
            "choice", "yes", "no", "abstain", "voters", "counts", "explanation", "outcome", "predicates", "sentence");

    private Village village;
    private Motion motion;
    private Person voter;
    private final Map<String, String> things = new HashMap<>();

    @BeforeEach
    void seal() {
        village = Village.open();
        voter = village.member("Vic", "FINANCIAL");
        Person second = village.member("Wim", "FINANCIAL");
        String rule = Motion.rule(
                village,
                Map.of(
                        "voter_roles", List.of("COUNCIL", "FINANCIAL"),
                        "weighting", "BY_ROLE",
                        "role_weights", Map.of("COUNCIL", COUNCIL_WEIGHT, "FINANCIAL", FINANCIAL_WEIGHT),
                        "results", "AFTER_CLOSE",
                        "early_close", "BY_COUNCIL"));
        // people of this village alone, since what one voted elsewhere is one's own to read
        Person author = village.member("Aut");
        motion = new Motion(
                        author.sends(Map.of("title", "A bench", "description", "By the oak.", "ruleId", rule))
                                .post(village.path() + "/proposals")
                                .then()
                                .statusCode(201)
                                .extract()
                                .path("id"),
                        village,
                        author,
                        village.member("Cou", "COUNCIL"))
                .opened();
        String receipt = cast(voter, "YES");
        cast(voter, "NO");
        cast(voter, "YES");
        cast(second, "YES");
        cast(motion.council(), "NO");
        Gathering event = Gathering.in(village, Map.of());
        String comment = motion.author()
                .sends(Map.of("content", "Why?"))
                .post(motion.path() + "/comments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        things.putAll(Map.of(
                "communityId", village.id(),
                "proposalId", motion.id(),
                "ruleId", rule,
                "receipt", receipt,
                "commentId", comment,
                "userId", voter.id(),
                "groupId", event.groupId(),
                "eventId", event.id(),
                "entryId",
                        Database.texts(
                                        "select id from journal_entry where kind = 'VoteCast' and actor_id = ?::uuid",
                                        voter.id())
                                .get(0)));
        Eventually.holds(() -> assertEquals(
                List.of("3"),
                Database.texts("select voters from proposal_tally where proposal_id = ?::uuid", motion.id())));
    }

    private String cast(Person by, String choice) {
        return by.sends(Map.of("choice", choice))
                .put(motion.path() + "/vote")
                .then()
                .statusCode(org.hamcrest.Matchers.anyOf(org.hamcrest.Matchers.is(200), org.hamcrest.Matchers.is(201)))
                .extract()
                .path("receipt");
    }

    @Test
    void nobody_finds_a_count_or_a_choice_while_a_vote_is_sealed() throws Exception {
        List<String> paths = paths();
        var findings = new ArrayList<String>();
        int shown = 0;
        for (var reader : readers().entrySet())
            for (String path : paths) {
                var request = Person.nobody();
                if (!reader.getValue().isEmpty()) request.header("Authorization", "Bearer " + reader.getValue());
                Response answer = request.get(path);
                if (answer.statusCode() == 200) shown++;
                if (answer.statusCode() >= 500) findings.add(reader.getKey() + " " + path + ": " + answer.statusCode());
                String told = told(answer);
                if (told != null) findings.add(reader.getKey() + " is told by " + path + ": " + told);
            }
        assertEquals(List.of(), findings);
        assertTrue(shown > 200, "only " + shown + " answers");
    }

    /** That the search finds what it looks for. */
    @Test
    void once_the_vote_is_closed_both_are_shown() throws Exception {
        motion.council().sends("{}").post(motion.path() + "/closure").then().statusCode(200);
        var telling = new ArrayList<String>();
        for (String path : paths()) if (told(motion.author().sends().get(path)) != null) telling.add(path);
        for (String path : List.of("", "/tally", "/votes"))
            assertTrue(telling.contains(motion.path() + path), path + " of " + telling);
        assertTrue(telling.contains(village.path() + "/proposals"), telling.toString());
    }

    /** Every GET, about the things of this vote. */
    private List<String> paths() throws Exception {
        JsonNode document =
                JSON.readTree(Person.nobody().get("/q/openapi?format=json").asString());
        var paths = new ArrayList<String>();
        for (var path : document.get("paths").properties()) {
            if (!path.getValue().has("get")) continue;
            String to = path.getKey();
            for (var thing : things.entrySet()) to = to.replace("{" + thing.getKey() + "}", thing.getValue());
            // of other things than those of a vote
            if (to.contains("{sessionId}") || to.contains("{apiKeyId}") || to.contains("{invitationId}")) continue;
            // of whom came where, with no word of a vote
            if (to.contains("{checkInId}") || to.contains("/event-codes/") || to.contains("/attendance-receipts/"))
                continue;
            // SealedQuestionTest looks at those
            if (to.contains("{questionId}")) continue;
            assertTrue(!to.contains("{"), "say in this test what " + to + " is about");
            paths.add(to);
        }
        assertTrue(paths.size() > 30, "only " + paths);
        return paths;
    }

    /** None of them voted, since everybody sees the own vote. */
    private Map<String, String> readers() throws Exception {
        var readers = new LinkedHashMap<String, String>();
        readers.put("nobody", "");
        readers.put("outsider", Person.quickly("Out").token());
        for (Role role : Role.values())
            readers.put(
                    role.name(),
                    village.enrolled(Person.quickly(role.name()), "ACTIVE", "CITIZEN", role.name())
                            .token());
        readers.put("founder", village.founder().token());
        readers.put("author", motion.author().token());
        readers.put(
                "suspended",
                village.enrolled(Person.quickly("Sus"), "SUSPENDED", "CITIZEN", "COUNCIL")
                        .token());
        Person root = Person.quickly("Root");
        Database.update("update users set platform_roles = '{PLATFORM_ADMIN}' where id = ?::uuid", root.id());
        readers.put("platform admin", root.token());
        readers.put("key", key(village.founder()));
        // whoever acts as a voter does not see the ballot
        readers.put("impersonator", impersonated(voter, root));
        return readers;
    }

    private static String told(Response answer) throws Exception {
        String body = answer.asString();
        // the weight of one stands in the rule, and the sum of all beside the electorate; that of those in favour
        // nowhere
        if (body.contains(String.valueOf(2 * FINANCIAL_WEIGHT))) return "a sum in " + body;
        if (answer.contentType().contains("json")) return telling(JSON.readTree(body));
        return WORD.matcher(body).find() ? body : null;
    }

    /** The first field that tells something; null where there is none. */
    private static String telling(JsonNode node) {
        for (var field : node.properties()) {
            JsonNode value = field.getValue();
            boolean filled = !value.isNull() && !(value.isContainerNode() && value.isEmpty());
            if (TELLING.contains(field.getKey()) && filled) return field.getKey() + " = " + value;
            String deeper = telling(value);
            if (deeper != null) return deeper;
        }
        for (JsonNode element : node) {
            if (element.isTextual() && CHOICES.contains(element.asText())) return element.asText();
            if (node.isArray()) {
                String deeper = telling(element);
                if (deeper != null) return deeper;
            }
        }
        return null;
    }

    private static String key(Person owner) throws Exception {
        String token = "tsk_" + Person.unique() + Person.unique();
        Database.update(
                """
                insert into api_key (id, version, created_at, updated_at, user_id, name, prefix, key_hash, scopes, expires_at, per_minute)
                values (gen_random_uuid(), 0, now(), now(), ?::uuid, 'test', 'test', ?, string_to_array(?, ','), now() + interval '1 day', 60000)""",
                owner.id(),
                digest(token),
                String.join(
                        ",",
                        Arrays.stream(Permission.values())
                                .filter(Permission::isForKeys)
                                .map(Permission::text)
                                .toList()));
        return token;
    }

    private static String impersonated(Person subject, Person admin) throws Exception {
        Person again = subject.again();
        Database.update("""
                update session set impersonated_by = ?::uuid, impersonation_reason = 'to see what they see', expires_at = created_at + interval '1 hour'
                where token_hash = ?""", admin.id(), digest(again.token()));
        return again.token();
    }

    private static byte[] digest(String token) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(token.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
