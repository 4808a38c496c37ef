package org.townsquare.governance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.governance.ProposalTest.refused;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Poll;
import org.townsquare.town.Rush;
import org.townsquare.town.Rush.Answer;
import org.townsquare.town.Village;
import org.xml.sax.InputSource;

@QuarkusTest
@QuarkusTestResource(Database.class)
class QuestionAnalyticsTest {
    @Test
    void members_learn_who_takes_part_and_nobody_what_they_say_until_the_close() {
        Village village = Village.open();
        Poll poll = Poll.draft(village, Map.of("method", "RANKED"));
        var voters = new ArrayList<Person>();
        for (int i = 0; i < 6; i++) voters.add(village.joinedBy(Person.quickly("V" + i)));
        poll.opened();
        for (Person voter : voters.subList(0, 5)) assertEquals(201, poll.cast(voter, poll.ranking(0, 1)));
        voters.get(5)
                .sends()
                .get(poll.path() + "/analytics")
                .then()
                .statusCode(200)
                .body("turnout.voters", is(5))
                .body("turnout.electors", is(8))
                .body("turnout.weight", is(5))
                .body("turnout.totalWeight", is(8))
                .body("timeline.count.sum()", is(5))
                .body("byRole.find { it.role == 'CITIZEN' }.voters", is(5))
                .body("byRole.find { it.role == 'CITIZEN' }.electors", is(8))
                .body("byRole.find { it.role == 'COUNCIL' }.voters", nullValue())
                .body("byRole.find { it.role == 'COUNCIL' }.electors", nullValue())
                .body("byAttendance", empty())
                .body("byOption", nullValue())
                .body("blanks", nullValue())
                .body("rounds", nullValue())
                .body("pairwise", nullValue());
        Person.nobody()
                .get(poll.path() + "/analytics")
                .then()
                .statusCode(200)
                .body("turnout", nullValue())
                .body("timeline", nullValue())
                .body("byRole", nullValue())
                .body("byOption", nullValue());
        refused(voters.get(0).sends().get(poll.path() + "/analytics.svg"), 403, "results-sealed");
        poll.cast(voters.get(5), poll.choice());
        poll.cast(village.founder(), poll.ranking(1));
        poll.cast(poll.council(), poll.ranking(2));
        poll.council().sends("{}").post(poll.path() + "/closure").then().statusCode(200);
        Person.nobody()
                .get(poll.path() + "/analytics")
                .then()
                .body("turnout", nullValue())
                .body("byOption.count", contains(5, 1, 1))
                .body("blanks.count", is(1))
                .body("rounds[0].votes.weight", contains(5, 1, 1))
                .body("rounds[0].elected", is(poll.options().get(0)))
                .body("pairwise", nullValue());
    }

    @Test
    void a_live_question_shows_its_counts_at_once_and_its_result_after_the_close() {
        Village village = Village.open();
        Poll poll = Poll.open(
                village,
                Map.of(
                        "results", "LIVE",
                        "method", "RANKED",
                        "counting", "SCHULZE",
                        "ruleId", Motion.rule(village, Map.of("early_close", "BY_COUNCIL"))));
        poll.cast(village.founder(), poll.ranking(1, 0));
        Person.nobody()
                .get(poll.path() + "/analytics")
                .then()
                .statusCode(200)
                .body("byOption.weight", contains(0, 1, 0))
                .body("pairwise.preferred[1]", contains(1, 0, 1))
                .body("rounds", nullValue());
        refused(Person.nobody().get(poll.path() + "/result"), 403, "results-sealed");
        poll.council().sends().get(poll.path()).then().body("result", nullValue());
        Person.nobody()
                .get(poll.path() + "/analytics.svg")
                .then()
                .statusCode(200)
                .contentType(startsWith("image/svg+xml"));
    }

    /** A count of many ballots takes seconds: however many ask for it, there is one at a time, and nobody else holds a connection meanwhile. */
    @Test
    void who_looks_at_a_live_question_at_the_same_time_is_told_one_count() throws Exception {
        Village village = Village.open();
        Poll poll = Poll.open(village, Map.of("results", "LIVE"));
        poll.cast(village.founder(), poll.choice(1));
        String counting =
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%array_to_string(b.marks%group by b.marks%' and pid <> pg_backend_pid()";
        var looks = new ArrayList<CompletableFuture<Answer>>();
        try (var blocking = Database.connect();
                var statement = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            statement.execute("lock table ballot in access exclusive mode");
            looks.add(Rush.send(village.founder(), "GET", poll.path() + "/analytics", Map.of()));
            Eventually.holds(() -> assertEquals(List.of("1"), Database.texts(counting)));
            for (int i = 0; i < 12; i++)
                looks.add(Rush.send(
                        i % 2 == 0 ? poll.council() : village.founder(), "GET", poll.path() + "/analytics", Map.of()));
            // what takes no count is answered meanwhile, after those who wait for one
            for (int i = 0; i < 3; i++)
                poll.council().sends().get(village.path()).then().statusCode(200);
            assertEquals(List.of("1"), Database.texts(counting));
            blocking.commit();
        }
        for (var look : looks) {
            Answer answer = look.get(20, TimeUnit.SECONDS);
            assertEquals(200, answer.status(), answer.toString());
            assertEquals(
                    1, answer.body().getJsonArray("byOption").getJsonObject(1).getInteger("weight"), answer.toString());
        }
    }

    @Test
    void those_who_attended_are_counted_as_they_were_at_the_opening() {
        Village village = Village.open();
        Poll poll = Poll.draft(village, Map.of());
        var voters = new ArrayList<Person>();
        for (int i = 0; i < 12; i++) voters.add(village.joinedBy(Person.quickly("V" + i)));
        poll.opened();
        Database.update("update question set rule = rule || '{\"attendanceLast\":4}' where id = ?::uuid", poll.id());
        for (int i = 0; i < 12; i++)
            Database.update(
                    "update elector set attended = ? where electorate_id = ?::uuid and user_id = ?::uuid",
                    i < 6 ? 2 : 4,
                    poll.id(),
                    voters.get(i).id());
        for (int i = 0; i < 11; i++) poll.cast(voters.get(i), poll.choice(0));
        voters.get(0)
                .sends()
                .get(poll.path() + "/analytics")
                .then()
                .body("byAttendance.attended", contains(2, 4))
                .body("byAttendance.last", contains(4, 4))
                .body("byAttendance.count", contains(6, 5))
                .body("byAttendance.of", contains(6, 6));
    }

    @Test
    void the_chart_says_in_words_what_it_shows_whatever_the_options_are_called() throws Exception {
        Village village = Village.open();
        String nasty = "<script>alert(1)</script> & \"quoted\" 'n' ]]>";
        Poll poll = Poll.open(
                village,
                Map.of(
                        "title",
                        nasty,
                        "results",
                        "LIVE",
                        "options",
                        List.of(
                                Map.of("label", nasty),
                                Map.of("label", "מגדל 🧱👩‍👩‍👧"),
                                Map.of("label", "👩‍👩‍👧".repeat(20)))));
        poll.cast(village.founder(), poll.choice(1));
        var answer = Person.nobody()
                .get(poll.path() + "/analytics.svg")
                .then()
                .statusCode(200)
                .extract();
        String svg = answer.asString();
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var root = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
        assertEquals("svg", root.getTagName());
        assertEquals("title desc", root.getAttribute("aria-labelledby"));
        assertEquals(nasty, root.getElementsByTagName("title").item(0).getTextContent());
        String words = root.getElementsByTagName("desc").item(0).getTextContent();
        assertTrue(words.contains("מגדל 🧱👩‍👩‍👧\u2069: 1 of 1"), words);
        assertTrue(words.contains(nasty + "\u2069: 0 of 1"), words);
        for (String never : List.of("<script", "<style", " style=", "href")) assertFalse(svg.contains(never), never);
        for (int i = 0; i < root.getElementsByTagName("*").getLength(); i++) {
            var attributes = root.getElementsByTagName("*").item(i).getAttributes();
            for (int j = 0; j < attributes.getLength(); j++)
                assertFalse(attributes.item(j).getNodeName().startsWith("on"));
        }
        assertEquals(
                304,
                Person.nobody()
                        .header("If-None-Match", answer.header("ETag"))
                        .get(poll.path() + "/analytics.svg")
                        .statusCode());
    }
}
