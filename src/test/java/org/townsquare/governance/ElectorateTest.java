package org.townsquare.governance;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.townsquare.governance.ProposalTest.refused;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class ElectorateTest {
    /** An event of a group that ended so many hours ago, with these who attended it. */
    private static Gathering past(Village village, String group, int hoursAgo, Person... attending) {
        var made = Gathering.schedule(
                        village.founder(),
                        group,
                        Map.of(
                                "startTime",
                                Instant.now()
                                        .minus(Duration.ofHours(hoursAgo + 1))
                                        .toString()))
                .statusCode(201)
                .extract();
        var event = new Gathering(village, group, made.path("id"), made.path("codeText"));
        for (Person person : attending) event.checkIn(person).statusCode(201);
        return event;
    }

    private static void place(Motion motion, Person person, String reason) {
        person.sends()
                .get(motion.path() + "/electorate")
                .then()
                .statusCode(200)
                .body("me.eligible", is(reason == null))
                .body("me.reason", is(reason));
        int status = motion.vote(person, "YES");
        assertEquals(reason == null ? 201 : 403, status, person.name() + " " + reason);
    }

    @Test
    void who_attended_k_of_the_last_n_events_votes() {
        Village village = Village.open();
        Person twice = village.member("Two");
        Person once = village.member("One");
        Person longAgo = village.member("Old");
        Person cancelled = village.member("Can");
        Person anonymous = village.member("Ano");
        String group = Gathering.group(village);
        past(village, group, 50, longAgo);
        past(village, group, 40, longAgo, twice);
        Gathering rained = past(village, group, 35, cancelled, once);
        past(village, group, 30, twice, cancelled);
        past(village, group, 20, once);
        rained.act("cancellation", Map.of("reason", "Rain.")).statusCode(200);
        // not over yet, so it does not count
        past(village, group, -1, once, longAgo);
        past(village, Gathering.group(village), 10, once, longAgo)
                .checkInAnonymously()
                .statusCode(201);
        String rule = DecisionRulesTest.write(
                        village.founder(),
                        village,
                        Map.of("attendanceGroupId", group, "attendanceLast", 3, "attendanceAtLeast", 2))
                .statusCode(201)
                .extract()
                .path("id");
        Motion motion = Motion.draft(village, Map.of("ruleId", rule)).opened();
        place(motion, twice, null);
        for (Person other : List.of(once, longAgo, cancelled, anonymous)) place(motion, other, "ATTENDANCE_MISSING");
        motion.council()
                .sends()
                .get(motion.path() + "/electors")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].user.id", is(twice.id()))
                .body("items[0].user.name", is("Two"))
                .body("items[0].basis", is("ATTENDANCE"))
                .body("items[0].attended", is(2));
    }

    @Test
    void where_fewer_events_were_than_the_rule_looks_at_those_count() {
        Village village = Village.open();
        Person both = village.member("Both");
        String group = Gathering.group(village);
        past(village, group, 3, both);
        past(village, group, 2, both);
        String rule = DecisionRulesTest.write(
                        village.founder(),
                        village,
                        Map.of("attendanceGroupId", group, "attendanceLast", 50, "attendanceAtLeast", 2))
                .extract()
                .path("id");
        Motion motion = Motion.draft(village, Map.of("ruleId", rule)).opened();
        place(motion, both, null);
        place(motion, motion.author(), "ATTENDANCE_MISSING");
    }

    @Test
    void who_had_checked_in_to_the_event_when_the_vote_opened_votes() {
        Village village = Village.open();
        Person early = village.member("Early");
        Person late = village.member("Late");
        Gathering event = Gathering.in(village, Map.of());
        event.checkIn(early).statusCode(201);
        Motion motion =
                Motion.draft(village, Map.of("presenceEventId", event.id())).opened();
        event.checkIn(late).statusCode(201);
        place(motion, early, null);
        place(motion, late, "ATTENDANCE_MISSING");
        motion.council()
                .sends()
                .get(motion.path() + "/electors")
                .then()
                .body("items.user.id", is(List.of(early.id())))
                .body("items.basis", is(List.of("PRESENCE")))
                .body("items[0].attended", nullValue());
        Person.nobody().get(motion.path()).then().body("presenceEventId", is(event.id()));
    }

    @Test
    void an_event_is_named_in_the_draft_and_is_one_of_the_community() {
        Village village = Village.open();
        Gathering event = Gathering.in(village, Map.of());
        Gathering foreign = Gathering.open();
        Motion motion = Motion.draft(village);
        refused(
                motion.author()
                        .sends(Map.of("presenceEventId", foreign.id()))
                        .header("If-Match", "*")
                        .patch(motion.path()),
                422,
                "event-unknown");
        motion.author()
                .sends(Map.of("presenceEventId", event.id()))
                .header("If-Match", "*")
                .patch(motion.path())
                .then()
                .statusCode(200)
                .body("presenceEventId", is(event.id()));
        assertEquals(List.of("ProposalDrafted", "ProposalEdited"), motion.facts());
        motion.submitted();
        refused(
                motion.council().sends(Map.of("decision", "APPROVE")).post(motion.path() + "/review"),
                409,
                "electorate-empty");
    }

    @Test
    void everybody_who_may_not_vote_is_told_why() {
        Village village = Village.open();
        String rule = DecisionRulesTest.write(
                        village.founder(),
                        village,
                        Map.of("voterRoles", List.of("COUNCIL", "ORGANIZER"), "tenureSeconds", 3600))
                .extract()
                .path("id");
        Motion motion = Motion.draft(village, Map.of("ruleId", rule));
        Person organizer = village.member("Org", "ORGANIZER");
        Person young = village.member("You", "ORGANIZER");
        Person suspended = village.member("Sus", "COUNCIL");
        Person freed = village.member("Fre", "COUNCIL");
        Person pending = village.enrolled(Person.named("Pen"), "PENDING");
        Person promoted = village.member("Pro");
        Person left = village.left(village.member("Lef"));
        Database.update(
                "update member set joined_at = joined_at - interval '2 hours', status_changed_at = status_changed_at - interval '2 hours' where community_id = ?::uuid and user_id <> ?::uuid",
                village.id(),
                young.id());
        village.suspended(suspended);
        village.suspended(freed);
        motion.opened();
        village.founder()
                .sends()
                .delete(village.pathOf(freed) + "/suspension")
                .then()
                .statusCode(200);
        village.founder()
                .sends(Map.of("roles", List.of("COUNCIL")))
                .put(village.pathOf(promoted) + "/roles")
                .then()
                .statusCode(200);
        Person late = village.member("Lat", "COUNCIL");
        motion.council()
                .sends()
                .get(motion.path() + "/electorate")
                .then()
                .body("electors", is(2))
                .body("totalWeight", is(2))
                .body("me.weight", is(1));
        place(motion, organizer, null);
        place(motion, young, "TENURE_TOO_SHORT");
        place(motion, freed, "NOT_ACTIVE");
        place(motion, promoted, "ROLE_NOT_ENTITLED");
        place(motion, motion.author(), "ROLE_NOT_ENTITLED");
        place(motion, late, "JOINED_AFTER_OPENING");
        for (Person stranger : List.of(pending, left, Person.named("Eve"))) place(motion, stranger, "NOT_A_MEMBER");
        suspended.sends().get(motion.path() + "/electorate").then().body("me.reason", is("NOT_ACTIVE"));
        Person.nobody()
                .get(motion.path() + "/electorate")
                .then()
                .statusCode(200)
                .body("me.eligible", is(false))
                .body("me.reason", is("NOT_A_MEMBER"));
    }

    @Test
    void an_elector_stays_one_whatever_becomes_of_the_member() {
        Village village = Village.open();
        Person leaving = village.member("Lea");
        Motion motion = Motion.draft(village).opened();
        village.left(leaving);
        place(motion, leaving, null);
        Person.nobody().get(motion.path()).then().body("electors", is(4));
    }

    @Test
    void the_electors_are_listed_for_the_council_page_by_page() {
        Village village = Village.open();
        Motion motion = Motion.draft(village);
        refused(motion.author().sends().get(motion.path() + "/electors"), 403, "not-allowed");
        motion.submitted();
        refused(motion.council().sends().get(motion.path() + "/electors"), 404, "proposal-not-opened");
        refused(Person.nobody().get(motion.path() + "/electorate"), 404, "proposal-not-opened");
        motion.council()
                .sends(Map.of("decision", "APPROVE"))
                .post(motion.path() + "/review")
                .then()
                .statusCode(200);
        refused(Person.named("Eve").sends().get(motion.path() + "/electors"), 403, "members-only");
        var found = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = motion.council()
                    .sends()
                    .get(motion.path() + "/electors?limit=2" + cursor)
                    .then()
                    .statusCode(200)
                    .extract();
            found.addAll(page.path("items.user.id"));
            String next = page.path("next");
            cursor = next == null ? null : "&cursor=" + next;
        }
        org.hamcrest.MatcherAssert.assertThat(
                found,
                containsInAnyOrder(
                        motion.author().id(),
                        motion.council().id(),
                        village.founder().id()));
    }
}
