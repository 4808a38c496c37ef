package org.townsquare;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/** Every relation of the models, the attendance and the governance system that are united here can be walked; docs/data-model.md names key and finder of each. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class SeedRelationsTest {
    private Village village;
    private Motion motion;
    private Person author;
    private Person council;
    private Person founder;

    @BeforeEach
    void open() {
        village = Village.open();
        motion = Motion.draft(village).opened();
        author = motion.author();
        council = motion.council();
        founder = village.founder();
    }

    @Test
    void those_of_a_user() {
        motion.vote(author, "YES");
        String comment = comment();
        author.sends().get("/api/v1/me/sessions").then().statusCode(200).body("items.current", hasItem(true));
        // by the account of the e-mail
        author.again();
        author.sends().get("/api/v1/me").then().statusCode(200).body("memberships.communityId", hasItem(village.id()));
        founder.sends()
                .get("/api/v1/communities?mine=true")
                .then()
                .statusCode(200)
                .body("items.id", contains(village.id()));
        author.sends()
                .get(village.path() + "/proposals?author=" + author.id())
                .then()
                .statusCode(200)
                .body("items.id", contains(motion.id()));
        author.sends()
                .get(village.path() + "/proposals?reviewedBy=" + council.id())
                .then()
                .statusCode(200)
                .body("items.id", contains(motion.id()));
        author.sends()
                .get(village.path() + "/proposals?reviewedBy=" + author.id())
                .then()
                .body("items", hasSize(0));
        author.sends().get("/api/v1/me/votes").then().statusCode(200).body("items.proposalId", hasItem(motion.id()));
        author.sends().get("/api/v1/me/comments").then().statusCode(200).body("items.id", hasItem(comment));
        author.sends()
                .get("/api/v1/me/audit-log")
                .then()
                .statusCode(200)
                .body("items.kind", hasItems("VoteCast", "CommentPosted"));
    }

    @Test
    void those_of_a_community() {
        String invitation = founder.sends(Map.of())
                .post(village.path() + "/invitations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String question = question();
        founder.sends()
                .get(village.path() + "/members")
                .then()
                .statusCode(200)
                .body("items.userId", hasItems(founder.id(), author.id(), council.id()));
        founder.sends().get(village.path() + "/invitations").then().body("items.id", contains(invitation));
        founder.sends().get(village.path() + "/proposals").then().body("items.id", contains(motion.id()));
        council.sends().get(village.path() + "/questions").then().body("items.id", contains(question));
        founder.sends()
                .get(village.path() + "/audit-log")
                .then()
                .statusCode(200)
                .body("items.kind", hasItem("ProposalOpened"));
    }

    @Test
    void those_of_a_proposal() {
        motion.vote(author, "YES");
        String comment = comment();
        author.sends()
                .get(motion.path())
                .then()
                .statusCode(200)
                .body("communityId", is(village.id()))
                .body("author.id", is(author.id()))
                .body("reviewedBy", is(council.id()));
        council.sends().get(motion.path() + "/votes").then().statusCode(200).body("items", hasSize(1));
        author.sends().get(motion.path() + "/comments").then().statusCode(200).body("items.id", contains(comment));
    }

    @Test
    void those_of_a_question() {
        String question = question();
        String path = "/api/v1/questions/" + question;
        String oak = council.sends(Map.of(
                        "closesAt", Instant.now().plus(Duration.ofDays(1)).toString()))
                .post(path + "/opening")
                .then()
                .statusCode(200)
                .extract()
                .path("options[0].id");
        author.sends(Map.of("choices", List.of(oak)))
                .put(path + "/ballot")
                .then()
                .statusCode(201);
        author.sends().get(path).then().statusCode(200).body("communityId", is(village.id()));
        author.sends().get(path + "/ballot").then().statusCode(200).body("choices", contains(oak));
        author.sends().get(path + "/analytics").then().statusCode(200).body("turnout.voters", is(1));
    }

    @Test
    void those_of_events() {
        Gathering event = Gathering.in(village, Map.of());
        event.checkIn(author).statusCode(201);
        author.sends()
                .get(village.path() + "/event-groups?createdBy=" + founder.id())
                .then()
                .statusCode(200)
                .body("items.id", contains(event.groupId()));
        author.sends()
                .get(village.path() + "/event-groups?createdBy=" + author.id())
                .then()
                .body("items", hasSize(0));
        author.sends()
                .get(village.path() + "/events?createdBy=" + founder.id())
                .then()
                .statusCode(200)
                .body("items.id", contains(event.id()));
        author.sends()
                .get(village.path() + "/events?createdBy=" + author.id())
                .then()
                .body("items", hasSize(0));
        author.sends()
                .get(village.path() + "/events?from=" + Instant.now().minus(Duration.ofHours(1)) + "&to="
                        + Instant.now())
                .then()
                .statusCode(200)
                .body("items.id", contains(event.id()));
        author.sends()
                .get(village.path() + "/events?to=" + Instant.now().minus(Duration.ofHours(1)))
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        author.sends().get(village.path() + "/events?from=tomorrow").then().statusCode(400);
        author.sends()
                .get("/api/v1/event-groups/" + event.groupId() + "/events")
                .then()
                .body("items.id", contains(event.id()));
        founder.sends()
                .get(event.path() + "/attendances")
                .then()
                .statusCode(200)
                .body("items.participant.id", contains(author.id()));
        author.sends().get("/api/v1/me/attendances").then().statusCode(200).body("items.eventId", hasItem(event.id()));
    }

    private String question() {
        return council.sends(Map.of(
                        "title",
                        "Which tree?",
                        "method",
                        "SINGLE_CHOICE",
                        "options",
                        List.of(Map.of("label", "Oak"), Map.of("label", "Elm"))))
                .post(village.path() + "/questions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String comment() {
        return author.sends(Map.of("content", "Under the oak."))
                .post(motion.path() + "/comments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
