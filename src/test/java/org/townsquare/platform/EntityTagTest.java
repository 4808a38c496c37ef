package org.townsquare.platform;

import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Gathering;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Stage;
import org.townsquare.town.Stage.Call;
import org.townsquare.town.Village;

/** What was read already is not sent again, and what changed is. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class EntityTagTest {
    /** Sent as it is read, before anybody knows the whole. */
    private static final Set<String> STREAMED = Set.of(
            "exportAuditLog",
            "exportEventAttendancesCsv",
            "exportEventAttendancesJsonl",
            "exportEventAttendancesXlsx",
            "exportEventGroupAttendancesCsv",
            "exportEventGroupAttendancesJsonl",
            "exportEventGroupAttendancesXlsx");

    @Test
    void every_get_has_a_tag_and_answers_304_to_it_and_head_is_a_get_without_a_body() throws Exception {
        Stage stage = Stage.open();
        JsonNode document = new ObjectMapper()
                .readTree(Person.nobody().get("/q/openapi?format=json").asString());
        int asked = 0;
        for (var path : document.get("paths").properties()) {
            JsonNode get = path.getValue().path("get");
            String operation = get.path("operationId").asText();
            if (get.isMissingNode() || STREAMED.contains(operation)) continue;
            asked++;
            Call call = stage.call(operation);
            String url = path.getKey();
            for (var parameter : call.path().entrySet())
                url = url.replace("{" + parameter.getKey() + "}", parameter.getValue());
            String address = url + call.query();
            // what the clock or a follower changes may do so between two answers
            Eventually.holds(() -> tagged(operation, call.caller(), address));
        }
        assertTrue(asked > 10, "only " + asked);
    }

    private static void tagged(String operation, Person reader, String url) {
        Response first = reader.sends().get(url);
        assertEquals(200, first.statusCode(), operation);
        String tag = first.header("ETag");
        assertTrue(String.valueOf(tag).matches("\"[A-Za-z0-9_.-]+\""), operation + " " + tag);
        // how far behind a follower is, and when an export was made, changes from one answer to the next
        List<String> known = Set.of("listFollowers", "exportMe").contains(operation)
                ? List.of("*")
                : List.of(tag, "W/" + tag, "\"x\", W/" + tag + " , \"y\"", "*");
        for (String condition : known) {
            Response again = reader.sends().header("If-None-Match", condition).get(url);
            assertEquals(304, again.statusCode(), operation + " " + condition + " " + again.asString());
            again.then()
                    .header("ETag", known.size() == 1 ? notNullValue() : is(tag))
                    .header("Cache-Control", first.header("Cache-Control"))
                    .header("Content-Type", nullValue())
                    .body(is(emptyOrNullString()));
        }
        for (String other : List.of("\"x\"", tag.substring(1, tag.length() - 1), "\"\"", "x"))
            reader.sends().header("If-None-Match", other).get(url).then().statusCode(200);
        reader.sends()
                .head(url)
                .then()
                .statusCode(200)
                .header("ETag", known.size() == 1 ? notNullValue() : is(tag))
                .header("Content-Type", first.header("Content-Type"))
                .body(is(emptyOrNullString()));
        reader.sends().header("If-None-Match", "*").head(url).then().statusCode(304);
    }

    @Test
    void a_tag_changes_with_whatever_is_shown() {
        Motion motion = Motion.draft().opened();
        Person voter = motion.council();
        String before = voter.sends().get(motion.path()).header("ETag");
        assertNotEquals(before, Person.nobody().get(motion.path()).header("ETag"), "what each of them may do");
        assertEquals(201, motion.vote(voter, "YES"));
        assertNotEquals(before, voter.sends().get(motion.path()).header("ETag"), "the vote");
        String list = motion.village().path() + "/proposals";
        String page = voter.sends().get(list).header("ETag");
        voter.sends(Map.of("title", "A bench", "description", "There."))
                .post(list)
                .then()
                .statusCode(201);
        voter.sends().header("If-None-Match", page).get(list).then().statusCode(200);
    }

    @Test
    void a_change_is_guarded_by_the_tag_of_what_was_read_or_by_the_version_alone() {
        Village village = Village.open();
        Person ada = village.founder();
        var made = ada.sends(Map.of("title", "A bench", "description", "There."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201)
                .header("ETag", "\"0\"")
                .extract();
        String path = made.header("Location");
        String read = ada.sends().get(path).header("ETag");
        assertTrue(read.matches("\"0\\.[A-Za-z0-9_-]{22}\""), read);
        for (String stale : List.of("\"1\"", "\"1." + read.substring(3), "\"\"", "\"x.0\"", "W/" + read, "\"00\""))
            ada.sends(Map.of("title", "No"))
                    .header("If-Match", stale)
                    .patch(path)
                    .then()
                    .statusCode(412);
        ada.sends(Map.of("title", "Two benches"))
                .header("If-Match", read)
                .patch(path)
                .then()
                .statusCode(200);
        ada.sends(Map.of("title", "Three benches"))
                .header("If-Match", read)
                .patch(path)
                .then()
                .statusCode(412);
        ada.sends(Map.of("title", "Three benches"))
                .header("If-Match", "\"1\"")
                .patch(path)
                .then()
                .statusCode(200);
    }

    @Test
    void options_names_the_methods_that_there_are() {
        Gathering event = Gathering.open();
        Map.of(
                        "/api/v1/check-ins",
                        Set.of("POST", "OPTIONS"),
                        "/api/v1/me",
                        Set.of("GET", "HEAD", "OPTIONS", "PATCH"),
                        event.path() + "/closure",
                        Set.of("POST", "OPTIONS"))
                .forEach((path, methods) -> assertEquals(
                        methods,
                        Set.of(Person.nobody()
                                .options(path)
                                .then()
                                .statusCode(200)
                                .extract()
                                .header("Allow")
                                .split(", ", -1)),
                        path));
    }

    @Test
    void a_problem_has_no_tag() {
        Person.nobody()
                .header("If-None-Match", "*")
                .get("/api/v1/nope")
                .then()
                .statusCode(404)
                .header("ETag", nullValue())
                .body("code", is("not-found"));
    }
}
