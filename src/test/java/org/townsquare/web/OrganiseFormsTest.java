package org.townsquare.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/** The forms of those who organise, as a hurried hand at the door fills them in. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class OrganiseFormsTest {
    @ParameterizedTest
    @ValueSource(strings = {"ANYONE", "SIGNED_IN", "MEMBERS"})
    void whom_the_form_lets_in_the_event_lets_in(String admission) {
        Village village = Village.open();
        Visitor host = Visitor.of(village.founder());
        String path = "/organise/groups/" + Gathering.group(village);
        var form = new HashMap<>(Map.of(
                "title",
                "Planting",
                "startTime",
                "2031-01-01T10:00",
                "durationMinutes",
                "none",
                "timeZone",
                "UTC",
                "admission",
                admission));
        host.sends(path, form)
                .then()
                .statusCode(422)
                .body(containsString("<option value=\"" + admission + "\" selected>"));
        form.put("durationMinutes", "60");
        String event = host.sends(path, form).then().statusCode(303).extract().header("Location");
        assertEquals(
                List.of(admission),
                Database.texts(
                        "select admission from event where id = ?::uuid", event.substring(event.lastIndexOf('/') + 1)));
    }

    @Test
    void nobody_is_let_in_whom_the_form_does_not_know() {
        Village village = Village.open();
        Visitor host = Visitor.of(village.founder());
        host.sends(
                        "/organise/groups/" + Gathering.group(village),
                        Map.of(
                                "title",
                                "T",
                                "startTime",
                                "2031-01-01T10:00",
                                "durationMinutes",
                                "60",
                                "timeZone",
                                "UTC",
                                "admission",
                                "EVERYBODY"))
                .then()
                .statusCode(400)
                .body(containsString("This was not understood"));
        assertEquals(
                List.of("0"), Database.texts("select count(*) from event where community_id = ?::uuid", village.id()));
    }

    @Test
    void a_walk_in_whose_form_is_sent_twice_comes_once() {
        Gathering event = Gathering.open();
        Visitor host = Visitor.of(event.host());
        String page = "/organise/events/" + event.id();
        String key = key(host, page);
        var form = Map.of("name", "Walter", "clientId", key);
        String first = host.sends(page + "/walk-ins", form)
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        host.looks()
                .urlEncodingEnabled(false)
                .get(first)
                .then()
                .statusCode(200)
                .body(containsString("role=\"status\""))
                .body(containsString("Walter"))
                .body(containsString("is checked in, since "));
        String again = host.sends(page + "/walk-ins", form)
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        host.looks()
                .urlEncodingEnabled(false)
                .get(again)
                .then()
                .statusCode(200)
                .body(containsString("was checked in already"));
        assertEquals(List.of("Walter"), names(event));
        assertFalse(key.equals(key(host, page)), "the next form is another one");
    }

    @Test
    void a_form_gone_back_to_does_not_swallow_another_walk_in() {
        Gathering event = Gathering.open();
        Visitor host = Visitor.of(event.host());
        String page = "/organise/events/" + event.id();
        String key = key(host, page);
        host.sends(page + "/walk-ins", Map.of("name", "Walter", "clientId", key))
                .then()
                .statusCode(303);
        var refused = host.sends(page + "/walk-ins", Map.of("name", "Wanda", "clientId", key))
                .then()
                .statusCode(422)
                .body(containsString("This form was sent before, for somebody else"))
                .body(containsString("value=\"Wanda\""))
                .extract();
        String fresh = keyIn(refused.asString());
        assertFalse(fresh.equals(key), "the same key again");
        host.sends(page + "/walk-ins", Map.of("name", "Wanda", "clientId", fresh))
                .then()
                .statusCode(303);
        assertEquals(List.of("Walter", "Wanda"), names(event));
    }

    @Test
    void who_was_let_in_is_said_however_long_the_roll_is() {
        Gathering event = Gathering.open();
        for (int i = 0; i < 21; i++)
            event.host()
                    .sends(Map.of("name", "W" + i))
                    .post(event.path() + "/walk-ins")
                    .then()
                    .statusCode(201);
        Person annabel = event.village().joinedBy(Person.quickly("Annabel <b>"));
        Visitor host = Visitor.of(event.host());
        String page = "/organise/events/" + event.id();
        for (String words : List.of("is checked in, since ", "was checked in already, since ")) {
            String after = host.sends(page + "/check-ins", Map.of("participantId", annabel.id()))
                    .then()
                    .statusCode(303)
                    .header("Location", startsWith(page + "?"))
                    .extract()
                    .header("Location");
            host.looks()
                    .urlEncodingEnabled(false)
                    .get(after)
                    .then()
                    .statusCode(200)
                    .body(containsString("Annabel &lt;b&gt;"))
                    .body(containsString(words));
        }
        Gathering other = Gathering.in(event.village(), Map.of());
        String row = Database.texts("select id from attendance where participant_id = ?::uuid", annabel.id())
                .get(0);
        for (String unknown : List.of(row, event.id()))
            host.looks()
                    .get("/organise/events/" + other.id() + "?checkedIn=" + unknown)
                    .then()
                    .statusCode(200)
                    .body(not(containsString("Annabel")))
                    .body(not(containsString("role=\"status\"")));
        host.looks()
                .get("/organise/events/" + other.id() + "?checkedIn=nonsense")
                .then()
                .statusCode(400)
                .body(containsString("This was not understood"));
    }

    @Test
    void a_check_in_of_another_event_is_not_taken_back_from_here() {
        Gathering one = Gathering.open();
        Gathering other = Gathering.in(one.village(), Map.of());
        other.checkInAnonymously().statusCode(201);
        String checkIn = Database.texts("select id from attendance where event_id = ?::uuid", other.id())
                .get(0);
        Visitor.of(one.host())
                .sends("/organise/events/" + one.id() + "/check-ins/" + checkIn + "/voiding", Map.of("reason", "R"))
                .then()
                .statusCode(404);
        assertEquals(
                List.of("0"),
                Database.texts(
                        "select count(*) from attendance where voided_at is not null and id = ?::uuid", checkIn));
    }

    @Test
    void who_was_signed_out_meanwhile_comes_back_to_the_page_of_the_form() {
        Gathering event = Gathering.open();
        String page = "/organise/events/" + event.id();
        for (var from : Map.of(
                        "http://localhost:8081" + page + "?cursor=x",
                        page,
                        "http://localhost:8081" + page + "/walk-ins",
                        page,
                        "https://evil.example" + page,
                        "/organise",
                        "http://localhost:8081//evil.example",
                        "/organise",
                        "http://localhost:8081",
                        "/organise")
                .entrySet())
            Visitor.NOBODY
                    .writes()
                    .header("Referer", from.getKey())
                    .post(page + "/closure")
                    .then()
                    .statusCode(303)
                    .header("Location", "/sign-in?next=" + from.getValue().replace("/", "%2F"));
    }

    private static String key(Visitor visitor, String page) {
        return keyIn(visitor.looks().get(page).asString());
    }

    private static String keyIn(String html) {
        var found = java.util.regex.Pattern.compile("name=\"clientId\" value=\"([0-9a-f-]{36})\"")
                .matcher(html);
        assertTrue(found.find(), html);
        return found.group(1);
    }

    private static List<String> names(Gathering event) {
        return Database.texts(
                "select walk_in_name from attendance where event_id = ?::uuid order by checked_in_at", event.id());
    }
}
