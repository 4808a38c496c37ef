package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Poll;
import org.townsquare.town.Village;

/**
 * Two questions that differ in nothing but what was answered. As long as they are sealed every endpoint says the same of both, to everybody; after the
 * close it does not, so that the comparison is known to see a difference.
 */
@QuarkusTest
@QuarkusTestResource(Database.class)
class SealedQuestionTest {
    private static final Set<String> OWN = Set.of("/ballot");

    @Test
    void a_sealed_question_says_nothing_of_its_answers_by_any_endpoint() {
        // all polls share their one of the council, who is then older than everybody else in both
        assertEquals(3, Poll.draft().options().size());
        for (String method : List.of("SINGLE_CHOICE", "APPROVAL", "RANKED", "SCORE")) {
            Twin one = Twin.of(method, 0);
            Twin other = Twin.of(method, 1);
            Map<String, String> sealed = one.seen();
            Map<String, String> otherSealed = other.seen();
            assertEquals(sealed.keySet(), otherSealed.keySet());
            sealed.forEach((call, answer) -> assertEquals(answer, otherSealed.get(call), method + " " + call));
            assertFalse(sealed.isEmpty());
            one.close();
            other.close();
            Map<String, String> shown = one.seen();
            Map<String, String> otherwise = other.seen();
            var told = new TreeSet<String>();
            shown.forEach((call, answer) -> {
                if (!answer.equals(otherwise.get(call))) told.add(call.substring(call.indexOf(' ') + 1));
            });
            for (String part : List.of("", "/result", "/analytics", "/analytics.svg", "/ballots"))
                assertTrue(told.contains("/api/v1/questions/{questionId}" + part), part + " of " + told);
            assertNotEquals(sealed, shown);
        }
    }

    /** A village with a question on which two members have answered alike. */
    private record Twin(Village village, Poll poll, Map<String, Supplier<RequestSpecification>> readers) {
        static Twin of(String method, int favourite) {
            Village village = Village.open();
            Person ada = village.founder();
            Person dee = village.member("Dee");
            Person fay = village.member("Fay");
            Person gus = village.member("Gus");
            Poll poll = Poll.open(
                    village,
                    Map.of(
                            "method",
                            method,
                            "ruleId",
                            Motion.rule(village, Map.of("early_close", "BY_COUNCIL", "name", "sealed"))));
            for (Person voter : List.of(dee, fay)) assertEquals(201, poll.cast(voter, ballot(poll, method, favourite)));
            Person eve = Person.named("Eve");
            var readers = new LinkedHashMap<String, Supplier<RequestSpecification>>();
            readers.put("nobody", Person::nobody);
            readers.put("stranger", eve::sends);
            readers.put("citizen", gus::sends);
            readers.put("voter", dee::sends);
            readers.put("council", () -> poll.council().sends());
            readers.put("admin", ada::sends);
            return new Twin(village, poll, readers);
        }

        private static Map<String, Object> ballot(Poll poll, String method, int favourite) {
            return switch (method) {
                case "RANKED" -> poll.ranking(favourite, 1 - favourite);
                case "SCORE" -> favourite == 0 ? poll.scores(9, 1) : poll.scores(1, 9);
                default -> poll.choice(favourite);
            };
        }

        void close() {
            poll.council().sends("{}").post(poll.path() + "/closure").then().statusCode(200);
        }

        /** What each reader is told by each GET that has to do with the question, without what only tells the two apart. */
        Map<String, String> seen() {
            String receipt = Database.texts(
                            "select rtrim(translate(encode(receipt, 'base64'), '+/', '-_'), '=') from ballot where question_id = ?::uuid order by id limit 1",
                            poll.id())
                    .get(0);
            Map<String, Map<String, Object>> paths = Person.nobody()
                    .header("Accept", "application/json")
                    .get("/q/openapi?format=json")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("paths");
            var seen = new LinkedHashMap<String, String>();
            for (String path : new TreeSet<>(paths.keySet())) {
                boolean ofQuestion = path.contains("{questionId}");
                boolean ofCommunity = path.startsWith("/api/v1/communities/{communityId}")
                        && path.indexOf('{', path.indexOf('{') + 1) < 0;
                if (!Objects.requireNonNull(paths.get(path)).containsKey("get") || !(ofQuestion || ofCommunity))
                    continue;
                String at = path.replace("{questionId}", poll.id())
                        .replace("{communityId}", village.id())
                        .replace("{receipt}", receipt);
                readers.forEach((who, reader) -> {
                    if (who.equals("voter") && (OWN.stream().anyMatch(path::endsWith) || path.endsWith("{questionId}")))
                        return;
                    var answer = reader.get().get(at).then().extract();
                    String text = alike(answer.asString());
                    // an export is full of proofs, which grow with the log: there it is asked whether it names an
                    // option
                    if (path.endsWith("/export")) text = text.contains("OPTION") ? "names an option" : "names none";
                    seen.put(who + " " + path, answer.statusCode() + " " + text);
                });
            }
            return seen;
        }

        /** Options and question by their names, times, digests and other ids by what they are. */
        private String alike(String text) {
            String plain = text.replace(poll.id(), "QUESTION");
            for (int i = 0; i < poll.options().size(); i++)
                plain = plain.replace(poll.options().get(i), "OPTION" + i);
            // the order of ties is drawn, whatever is answered
            plain = plain.replaceAll("tieOrder\\\\?\":\\[[^\\]]*\\]", "TIES");
            return plain.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID")
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                    .replaceAll("\"[A-Za-z0-9_-]{43}\"", "DIGEST")
                    .replaceAll("[a-z0-9.+-]+@example.org", "MAIL")
                    .replaceAll("\"v-[a-z0-9]+\"", "SLUG")
                    .replaceAll("\"traceId\":\"[0-9a-f]+\"", "TRACE")
                    .replaceAll("\"next\":\"[^\"]+\"", "NEXT");
        }
    }
}
