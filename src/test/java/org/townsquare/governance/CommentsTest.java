package org.townsquare.governance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.governance.ProposalTest.refused;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Rush;
import org.townsquare.town.Rush.Answer;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class CommentsTest {
    private static Response say(Motion on, Person by, String content, @Nullable String parent) {
        var body = new HashMap<String, Object>(Map.of("content", content));
        if (parent != null) body.put("parentId", parent);
        return by.sends(body).post(on.path() + "/comments");
    }

    @CanIgnoreReturnValue
    private static String said(Motion on, Person by, String content, @Nullable String parent) {
        return say(on, by, content, parent).then().statusCode(201).extract().path("id");
    }

    private static String at(String comment) {
        return "/api/v1/comments/" + comment;
    }

    private static List<String> facts(String comment) {
        return Database.texts("select kind from journal_entry where subject_id = ?::uuid order by id", comment);
    }

    @Test
    void a_thread_is_read_in_order_of_time() {
        Motion motion = Motion.draft().submitted();
        Person dee = motion.village().member("Dee");
        String first = say(motion, motion.author(), "Where?", null)
                .then()
                .statusCode(201)
                .body("depth", is(0))
                .body("parentId", nullValue())
                .body("author.name", is("Bea"))
                .body("content", is("Where?"))
                .body("proposalTitle", is("A bench"))
                .body("can.edit", is(true))
                .body("can.hide", is(false))
                .extract()
                .path("id");
        String second = said(motion, dee, "Why at all?", null);
        String answer = said(motion, dee, "By the oak.", first);
        Person.nobody()
                .get(motion.path() + "/comments")
                .then()
                .statusCode(200)
                .body("items.id", contains(first, second, answer))
                .body("items.parentId", contains(null, null, first))
                .body("items.depth", contains(0, 0, 1))
                .body("items[2].can.edit", is(false));
        String next = Person.nobody()
                .get(motion.path() + "/comments?limit=2")
                .then()
                .extract()
                .path("next");
        Person.nobody()
                .get(motion.path() + "/comments?limit=2&cursor=" + next)
                .then()
                .body("items.content", contains("By the oak."))
                .body("next", nullValue());
        Person.nobody().get(at(answer)).then().statusCode(200).body("parentId", is(first));
        assertEquals(List.of("CommentPosted"), facts(answer));
    }

    @Test
    void a_thread_is_five_deep_and_stays_on_its_proposal() {
        Motion motion = Motion.draft().submitted();
        Motion other = Motion.draft(motion.village()).submitted();
        String parent = said(motion, motion.author(), "0", null);
        String first = parent;
        for (int depth = 1; depth <= 4; depth++) parent = said(motion, motion.author(), "" + depth, parent);
        refused(say(motion, motion.author(), "5", parent), 422, "thread-too-deep");
        refused(say(other, motion.author(), "x", first), 422, "parent-unknown");
        refused(say(motion, motion.author(), "x", UUID.randomUUID().toString()), 422, "parent-unknown");
        for (String content : List.of("", " ", "x".repeat(5001)))
            refused(say(motion, motion.author(), content, null), 422, "invalid");
        assertTrue(String.valueOf(assertThrows(
                        IllegalStateException.class,
                        () -> Database.update(
                                "update comment set proposal_id = ?::uuid where id = ?::uuid", other.id(), first)))
                .contains("comment_parent"));
    }

    @Test
    void members_comment_while_a_proposal_is_reviewed_or_voted_on() {
        Village village = Village.open();
        Motion motion = Motion.under(village, Map.of("early_close", "BY_COUNCIL"));
        Person dee = village.member("Dee");
        refused(say(motion, dee, "x", null), 404, "not-found");
        refused(say(motion, motion.author(), "x", null), 409, "discussion-closed");
        motion.opened();
        String comment = said(motion, dee, "x", null);
        refused(say(motion, Person.named("Eve"), "x", null), 403, "members-only");
        refused(say(motion, village.suspended(village.member("Sus")), "x", null), 403, "membership-suspended");
        Person.nobody()
                .body(Map.of("content", "x"))
                .post(motion.path() + "/comments")
                .then()
                .statusCode(401);
        dee.sends().get(motion.path()).then().body("can.comment", is(true));
        motion.council().sends("{}").post(motion.path() + "/closure").then().statusCode(200);
        dee.sends().get(motion.path()).then().body("can.comment", is(false));
        refused(say(motion, dee, "x", null), 409, "discussion-closed");
        refused(dee.sends(Map.of("content", "y")).header("If-Match", "*").patch(at(comment)), 409, "discussion-closed");
        dee.sends().header("If-Match", "*").delete(at(comment)).then().statusCode(204);
    }

    @Test
    void every_text_of_a_comment_is_kept_until_it_is_deleted() {
        Motion motion = Motion.draft().submitted();
        Person author = motion.author();
        String comment = said(motion, author, "one", null);
        String answer = said(motion, motion.council(), "answer", comment);
        String etag = author.sends().get(at(comment)).then().extract().header("ETag");
        refused(author.sends(Map.of("content", "two")).patch(at(comment)), 428, "if-match-required");
        refused(
                motion.council()
                        .sends(Map.of("content", "two"))
                        .header("If-Match", "*")
                        .patch(at(comment)),
                403,
                "not-the-author");
        String next = author.sends(Map.of("content", "two"))
                .header("If-Match", etag)
                .patch(at(comment))
                .then()
                .statusCode(200)
                .body("content", is("two"))
                .body("editedAt", notNullValue())
                .body("revision", is(1))
                .extract()
                .header("ETag");
        refused(
                author.sends(Map.of("content", "three"))
                        .header("If-Match", etag)
                        .patch(at(comment)),
                412,
                "stale");
        author.sends(Map.of("content", "two"))
                .header("If-Match", next)
                .patch(at(comment))
                .then()
                .statusCode(200);
        author.sends(Map.of("content", "three"))
                .header("If-Match", next)
                .patch(at(comment))
                .then()
                .statusCode(200);
        Person.nobody()
                .get(at(comment) + "/edits")
                .then()
                .statusCode(200)
                .body("items.content", contains("two", "one"))
                .body("items.revision", contains(1, 0))
                .body("items[0].replacedAt", notNullValue());
        String page = Person.nobody()
                .get(at(comment) + "/edits?limit=1")
                .then()
                .extract()
                .path("next");
        Person.nobody()
                .get(at(comment) + "/edits?limit=1&cursor=" + page)
                .then()
                .body("items.content", contains("one"));
        refused(author.sends().delete(at(comment)), 428, "if-match-required");
        refused(motion.council().sends().header("If-Match", "*").delete(at(comment)), 403, "not-the-author");
        for (int i = 0; i < 2; i++)
            author.sends().header("If-Match", "*").delete(at(comment)).then().statusCode(204);
        author.sends()
                .get(motion.path() + "/comments")
                .then()
                .body("items.id", contains(comment, answer))
                .body("items[0].deleted", is(true))
                .body("items[0].content", nullValue())
                .body("items[0].can.edit", is(false))
                .body("items[1].parentId", is(comment));
        Person.nobody().get(at(comment) + "/edits").then().body("items", empty());
        refused(
                author.sends(Map.of("content", "four")).header("If-Match", "*").patch(at(comment)),
                409,
                "comment-deleted");
        refused(motion.council().sends(Map.of("reason", "x")).post(at(comment) + "/hiding"), 409, "comment-deleted");
        assertEquals(List.of("CommentPosted", "CommentEdited", "CommentEdited", "CommentDeleted"), facts(comment));
        assertEquals(
                List.of("0"),
                Database.texts(
                        "select (select count(*) from comment where content <> '' and id = ?::uuid) + (select count(*) from comment_edit where comment_id = ?::uuid)",
                        comment,
                        comment));
    }

    @Test
    void a_hidden_comment_is_read_by_its_author_and_the_council() {
        Motion motion = Motion.draft().submitted();
        Person author = motion.author();
        Person dee = motion.village().member("Dee");
        String comment = said(motion, author, "Rubbish!", null);
        author.sends(Map.of("content", "Nonsense!"))
                .header("If-Match", "*")
                .patch(at(comment))
                .then()
                .statusCode(200);
        for (Person other : List.of(author, dee))
            refused(other.sends(Map.of("reason", "x")).post(at(comment) + "/hiding"), 403, "not-allowed");
        for (String reason : List.of("Insult.", "Another."))
            motion.council()
                    .sends(Map.of("reason", reason))
                    .post(at(comment) + "/hiding")
                    .then()
                    .statusCode(200)
                    .body("hidden", is(true))
                    .body("reason", is("Insult."))
                    .body("content", is("Nonsense!"));
        for (String path : List.of(at(comment), motion.path() + "/comments")) {
            String item = path.equals(at(comment)) ? "" : "items[0].";
            for (var reader : List.of(Person.nobody(), dee.sends()))
                reader.get(path)
                        .then()
                        .statusCode(200)
                        .body(item + "hidden", is(true))
                        .body(item + "reason", is("Insult."))
                        .body(item + "content", nullValue());
        }
        author.sends().get(at(comment)).then().body("content", is("Nonsense!"));
        author.sends().get("/api/v1/me/comments").then().body("items[0].content", is("Nonsense!"));
        refused(dee.sends().get(at(comment) + "/edits"), 403, "comment-hidden");
        author.sends().get(at(comment) + "/edits").then().body("items.content", contains("Rubbish!"));
        refused(dee.sends().delete(at(comment) + "/hiding"), 403, "not-allowed");
        for (int i = 0; i < 2; i++)
            motion.council()
                    .sends()
                    .delete(at(comment) + "/hiding")
                    .then()
                    .statusCode(200)
                    .body("hidden", is(false))
                    .body("reason", nullValue());
        Person.nobody().get(at(comment)).then().body("content", is("Nonsense!"));
        assertEquals(List.of("CommentPosted", "CommentEdited", "CommentHidden", "CommentShown"), facts(comment));
    }

    @Test
    void strangers_of_a_private_community_read_no_comment() {
        Village hidden = Village.hidden();
        Person founder = hidden.founder();
        String path = "/api/v1/proposals/"
                + founder.sends(Map.of("title", "A bench", "description", "x"))
                        .post(hidden.path() + "/proposals")
                        .then()
                        .extract()
                        .path("id");
        founder.sends("{}").post(path + "/submission").then().statusCode(200);
        String comment = founder.sends(Map.of("content", "x"))
                .post(path + "/comments")
                .then()
                .extract()
                .path("id");
        Person eve = Person.named("Eve");
        for (String unseen : List.of(path + "/comments", at(comment), at(comment) + "/edits"))
            for (var stranger : List.of(Person.nobody(), eve.sends())) refused(stranger.get(unseen), 404, "not-found");
        refused(eve.sends(Map.of("content", "y")).header("If-Match", "*").patch(at(comment)), 404, "not-found");
        refused(eve.sends().header("If-Match", "*").delete(at(comment)), 404, "not-found");
        refused(eve.sends(Map.of("reason", "y")).post(at(comment) + "/hiding"), 404, "not-found");
    }

    @Test
    void own_comments_are_listed_newest_first_with_their_proposals() {
        Person author = Person.named("Kim");
        Village first = Village.open();
        Village second = Village.open();
        first.joinedBy(author);
        second.joinedBy(author);
        Motion one = Motion.draft(first).submitted();
        Motion two = Motion.draft(second).submitted();
        said(one, author, "one", null);
        String gone = said(one, author, "gone", null);
        said(two, author, "two", null);
        said(two, two.author(), "of another", null);
        author.sends().header("If-Match", "*").delete(at(gone)).then().statusCode(204);
        author.sends()
                .get("/api/v1/me/comments")
                .then()
                .statusCode(200)
                .body("items.content", contains("two", "one"))
                .body("items.proposalId", contains(two.id(), one.id()))
                .body("items.proposalTitle", contains("A bench", "A bench"));
        author.sends()
                .get("/api/v1/me/export")
                .then()
                .body("features.governance.comments.content", contains("one", "two"))
                .body("features.governance.comments[0].proposalId", is(one.id()));
        second.left(author);
        Database.update("update community set visibility = 'PRIVATE' where id = ?::uuid", second.id());
        author.sends().get("/api/v1/me/comments").then().body("items.content", contains("one"));
        Person.nobody().get("/api/v1/me/comments").then().statusCode(401);
    }

    @Test
    void own_comments_tell_nothing_of_a_draft_that_another_writes() {
        Village village = Village.open();
        Person author = village.member("Kim");
        Motion motion = Motion.draft(village).submitted();
        said(motion, author, "one", null);
        motion.council()
                .sends(Map.of("decision", "RETURN", "note", "Shorter."))
                .post(motion.path() + "/review")
                .then()
                .statusCode(200);
        motion.author()
                .sends(Map.of("title", "A secret"))
                .header("If-Match", "*")
                .patch(motion.path())
                .then()
                .statusCode(200);
        author.sends().get("/api/v1/me/comments").then().statusCode(200).body("items", empty());
        motion.submitted();
        author.sends().get("/api/v1/me/comments").then().body("items.proposalTitle", contains("A secret"));
    }

    /** As if the member had written so many in the last hour. */
    private static void writtenBefore(Motion motion, int comments) {
        Database.update(
                "insert into comment (community_id, id, version, created_at, updated_at, proposal_id, author_id, depth, content, revision) "
                        + "select community_id, gen_random_uuid(), 0, clock_timestamp() - interval '50 minutes', now(), id, author_id, 0, 'x', 0 from proposal, generate_series(1, ?) where id = ?::uuid",
                comments,
                motion.id());
    }

    @Test
    void three_hundred_comments_an_hour_are_enough_also_at_once() {
        Motion motion = Motion.draft().submitted();
        // ids that are random sort after those of today
        writtenBefore(motion, 296);
        Database.update(
                "update comment set id = cast('0190' || substr(id::text, 5) as uuid) where proposal_id = ?::uuid",
                motion.id());
        var answers = new ArrayList<Answer>();
        IntStream.range(0, 12)
                .mapToObj(i -> Rush.send(motion.author(), "POST", motion.path() + "/comments", Map.of("content", "x")))
                .toList()
                .forEach(it -> answers.add(it.join()));
        assertEquals(4, answers.stream().filter(it -> it.status() == 201).count(), answers.toString());
        assertEquals(
                8,
                answers.stream()
                        .filter(it -> it.status() == 429
                                && "too-many-comments".equals(it.body().getString("code")))
                        .count());
        int wait = Integer.parseInt(say(motion, motion.author(), "x", null).header("Retry-After"));
        assertTrue(wait > 0 && wait <= 600, "wait " + wait);
        Database.update(
                "update comment set created_at = created_at - interval '11 minutes' where proposal_id = ?::uuid",
                motion.id());
        said(motion, motion.author(), "x", null);
    }
}
