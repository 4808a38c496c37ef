package org.townsquare.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class ExportTest {
    @Test
    void a_person_takes_along_what_is_kept_of_them_and_of_nobody_else() {
        Village village = Village.open();
        Person bob = village.member("Bob", "COUNCIL");
        Motion motion =
                Motion.draft(village, bob, Map.of("title", "A \"bench\"")).opened();
        String receipt = bob.sends(Map.of("choice", "NO"))
                .put(motion.path() + "/vote")
                .then()
                .statusCode(201)
                .extract()
                .path("receipt");
        assertEquals(201, motion.vote(village.founder(), "YES"));
        Gathering event = Gathering.in(village, Map.of());
        String checkIn = event.checkIn(bob).statusCode(201).extract().path("receipt");
        event.checkIn(village.founder()).statusCode(201);
        Person key = ApiKeysTest.key(bob, Map.of(), "vote:cast");
        Rows.change("update member set status_reason = 'Welcome' where user_id = ?::uuid", bob.id());
        Rows.change(
                "insert into invitation (community_id, id, version, created_at, updated_at, email, roles, invited_by, max_uses, expires_at) values (?::uuid, gen_random_uuid(), 0, now(), now(), 'cem@example.org', '{CITIZEN}', ?::uuid, 1, now())",
                village.id(),
                bob.id());

        String document = bob.sends()
                .get("/api/v1/me/export")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Content-Disposition", startsWith("attachment"))
                .header("Cache-Control", "no-store")
                .body("profile.name", is("Bob"))
                .body("profile.email", is(bob.email()))
                .body("sessions.current", contains(true))
                .body("apiKeys.scopes", contains(contains("vote:cast")))
                .body("features.communities.memberships.communityId", contains(village.id()))
                .body("features.communities.memberships.statusReason", contains("Welcome"))
                .body("features.communities.memberships.roles", contains(contains("CITIZEN", "COUNCIL")))
                .body("features.communities.invitationsSent.email", contains("cem@example.org"))
                .body("features.governance.proposals.title", contains("A \"bench\""))
                .body("features.governance.votes.choice", contains("NO"))
                .body("features.governance.votes.receipt", contains(receipt))
                .body("features.governance.votes[0].castAt.endsWith('Z')", is(true))
                .body("features.events.attendances.eventId", contains(event.id()))
                .body("features.events.attendances.receipt", contains(checkIn))
                .extract()
                .asString();
        for (String secret : new String[] {
            key.token(),
            bob.token(),
            "argon2",
            "tokenHash",
            "keyHash",
            village.founder().email()
        }) assertFalse(document.contains(secret), secret);
        Person.named("Eve")
                .sends()
                .get("/api/v1/me/export")
                .then()
                .statusCode(200)
                .body("features.communities.memberships", hasSize(0))
                .body("features.governance.votes", hasSize(0));
    }
}
