package org.townsquare.governance;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.governance.ProposalTest.refused;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Digest;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class VotesTest {
    private static Response withdraw(Motion motion, Person voter) {
        return voter.sends().delete(motion.path() + "/vote");
    }

    private static Response cast(Motion motion, Person voter, String choice) {
        return voter.sends(Map.of("choice", choice)).put(motion.path() + "/vote");
    }

    @CanIgnoreReturnValue
    private static Motion closed(Motion motion) {
        motion.council().sends("{}").post(motion.path() + "/closure").then().statusCode(200);
        return motion;
    }

    private static Motion early(Village village, Map<String, ?> more) {
        var columns = new java.util.HashMap<String, Object>(Map.of("early_close", "BY_COUNCIL"));
        columns.putAll(more);
        return Motion.under(village, columns).opened();
    }

    @Test
    void a_withdrawn_vote_is_none_and_can_be_cast_again() {
        Motion motion = early(Village.open(), Map.of());
        Person voter = motion.author();
        assertEquals(201, motion.vote(voter, "YES"));
        withdraw(motion, voter).then().statusCode(204);
        withdraw(motion, voter).then().statusCode(204);
        voter.sends().get(motion.path()).then().body("myVote", nullValue());
        refused(voter.sends().get(motion.path() + "/vote"), 404, "not-found");
        Eventually.holds(() ->
                voter.sends().get(motion.path()).then().body("tally.yes", is(0)).body("tally.voters", is(0)));
        assertEquals(200, motion.vote(voter, "NO"));
        withdraw(motion, motion.council()).then().statusCode(204);
        closed(motion);
        voter.sends()
                .get(motion.path())
                .then()
                .body("tally.no", is(1))
                .body("tally.yes", is(0))
                .body("tally.voters", is(1));
        assertEquals(
                List.of("VoteCast", "VoteWithdrawn", "VoteChanged"),
                motion.facts().stream().filter(it -> it.startsWith("Vote")).toList());
        assertEquals(
                List.of("0 YES", "1 -", "2 NO"),
                Database.texts(
                        "select revision || ' ' || coalesce(choice, '-') from (select c.revision, c.choice from vote_change c join vote v on v.id = c.vote_id where v.proposal_id = ?::uuid "
                                + "union all select revision, choice from vote where proposal_id = ?::uuid) x order by revision",
                        motion.id(),
                        motion.id()));
    }

    @Test
    void only_who_could_vote_withdraws() {
        Village village = Village.open();
        Motion motion = early(village, Map.of());
        refused(withdraw(motion, village.member("Late")), 403, "not-in-electorate");
        refused(withdraw(motion, village.suspended(village.member("Sus"))), 403, "membership-suspended");
        Person.nobody().delete(motion.path() + "/vote").then().statusCode(401);
        refused(withdraw(Motion.draft(village).submitted(), motion.author()), 409, "proposal-not-voting");
        Person.named("Eve")
                .sends()
                .delete("/api/v1/proposals/" + UUID.randomUUID() + "/vote")
                .then()
                .statusCode(404);
        refused(withdraw(closed(motion), motion.author()), 409, "voting-closed");
    }

    @Test
    void a_vote_is_changed_twenty_times_a_minute_and_a_repeat_is_no_change() {
        Motion motion = early(Village.open(), Map.of());
        Person voter = motion.author();
        cast(motion, voter, "YES").then().statusCode(201);
        for (int change = 1; change < 20; change++)
            cast(motion, voter, change % 2 == 0 ? "YES" : "NO").then().statusCode(200);
        withdraw(motion, voter).then().statusCode(204);
        String receipt = Database.texts(
                        "select encode(receipt, 'hex') from vote where proposal_id = ?::uuid", motion.id())
                .get(0);
        for (String choice : List.of("YES", "NO", "ABSTAIN")) {
            var refusal = cast(motion, voter, choice);
            refused(refusal, 429, "too-many-changes");
            int seconds = Integer.parseInt(refusal.header("Retry-After"));
            assertTrue(seconds >= 1 && seconds <= 60, "wait " + seconds);
        }
        withdraw(motion, voter).then().statusCode(204);
        assertEquals(
                List.of(receipt),
                Database.texts("select encode(receipt, 'hex') from vote where proposal_id = ?::uuid", motion.id()));
        // of another voter, and a minute after the first change
        cast(motion, motion.council(), "YES").then().statusCode(201);
        Database.update(
                "update vote_change set cast_at = cast_at - interval '61 seconds' where revision <= 1 and vote_id = (select id from vote where proposal_id = ?::uuid and user_id = ?::uuid)",
                motion.id(),
                voter.id());
        cast(motion, voter, "NO").then().statusCode(200);
        cast(motion, voter, "NO").then().statusCode(200);
        refused(cast(motion, voter, "YES"), 429, "too-many-changes");
        refused(withdraw(motion, voter), 429, "too-many-changes");
        closed(motion);
        refused(cast(motion, voter, "YES"), 409, "voting-closed");
    }

    @Test
    void a_voter_reads_what_opens_the_receipt_and_where_the_log_has_it() {
        Motion motion = early(Village.open(), Map.of());
        Person voter = motion.author();
        refused(voter.sends().get(motion.path() + "/vote"), 404, "not-found");
        for (String choice : List.of("YES", "NO")) {
            String receipt = cast(motion, voter, choice).path("receipt");
            var own = voter.sends()
                    .get(motion.path() + "/vote")
                    .then()
                    .statusCode(200)
                    .body("choice", is(choice))
                    .body("receipt", is(receipt))
                    .body("castAt", notNullValue())
                    .body("weight", is(1))
                    .body("revision", is(choice.equals("YES") ? 0 : 1))
                    .extract();
            assertEquals(
                    receipt,
                    Digest.ofLines("townsquare-vote-1", motion.id(), voter.id(), choice, own.path("nonce"))
                            .text());
            assertEquals(
                    List.of(choice.equals("YES") ? "VoteCast" : "VoteChanged"),
                    Database.texts(
                            "select kind from journal_entry where id = ?::uuid and convert_from(body, 'UTF8') like ?",
                            own.<String>path("entryId"),
                            "%" + receipt + "%"));
        }
        refused(motion.council().sends().get(motion.path() + "/vote"), 404, "not-found");
        Person.nobody().get(motion.path() + "/vote").then().statusCode(401);
    }

    @Test
    void anyone_learns_by_a_receipt_whether_it_is_counted_and_no_more() {
        Motion motion = early(Village.open(), Map.of("results", "AFTER_CLOSE"));
        String first = cast(motion, motion.author(), "YES").path("receipt");
        String path = motion.path() + "/receipts/";
        var told = Person.nobody()
                .get(path + first)
                .then()
                .statusCode(200)
                .body("revision", is(0))
                .body("counted", is(true))
                .extract()
                .<Map<String, Object>>path("$");
        assertEquals(java.util.Set.of("revision", "castAt", "counted"), told.keySet());
        String second = cast(motion, motion.author(), "NO").path("receipt");
        Person.nobody().get(path + first).then().body("revision", is(0)).body("counted", is(false));
        Person.nobody().get(path + second).then().body("revision", is(1)).body("counted", is(true));
        withdraw(motion, motion.author()).then().statusCode(204);
        Person.nobody().get(path + second).then().body("counted", is(false));
        String elsewhere = early(motion.village(), Map.of()).path() + "/receipts/" + first;
        for (String unknown : List.of(
                elsewhere,
                path + "x",
                path + first + "A",
                path + Digest.sha256(new byte[1]).text()))
            refused(Person.nobody().get(unknown), 404, "not-found");
    }

    @Test
    void who_voted_is_for_the_council_until_the_close_and_then_with_the_choice_for_members() {
        Village village = Village.open();
        Motion motion = early(village, Map.of());
        Person stranger = Person.named("Eve");
        cast(motion, motion.author(), "YES").then().statusCode(201);
        cast(motion, village.founder(), "NO").then().statusCode(201);
        cast(motion, motion.council(), "NO").then().statusCode(201);
        withdraw(motion, motion.council()).then().statusCode(204);
        for (Person council : List.of(motion.council(), village.founder()))
            council.sends()
                    .get(motion.path() + "/votes")
                    .then()
                    .statusCode(200)
                    .body("items.voter.name", containsInAnyOrder("Bea", "Ada"))
                    .body("items.choice", everyItem(nullValue()))
                    .body("items.castAt", everyItem(nullValue()))
                    .body("items.receipt", everyItem(nullValue()));
        refused(motion.author().sends().get(motion.path() + "/votes"), 403, "results-sealed");
        refused(stranger.sends().get(motion.path() + "/votes"), 403, "votes-not-disclosed");
        refused(
                Motion.draft(village)
                        .submitted()
                        .council()
                        .sends()
                        .get(Motion.draft(village).submitted().path() + "/votes"),
                404,
                "proposal-not-opened");
        closed(motion);
        motion.author()
                .sends()
                .get(motion.path() + "/votes")
                .then()
                .statusCode(200)
                .body("items.find { it.voter.name == 'Bea' }.choice", is("YES"))
                .body("items.find { it.voter.name == 'Ada' }.choice", is("NO"))
                .body("items.weight", contains(1, 1))
                .body("items.receipt", everyItem(allOf(notNullValue(), not(""))));
        refused(stranger.sends().get(motion.path() + "/votes"), 403, "votes-not-disclosed");
        refused(Person.nobody().get(motion.path() + "/votes"), 403, "votes-not-disclosed");
    }

    @Test
    void public_votes_are_shown_to_all_after_the_close() {
        Village village = Village.open();
        Motion motion = early(village, Map.of("secrecy", "PUBLIC"));
        cast(motion, motion.author(), "YES").then().statusCode(201);
        refused(Person.nobody().get(motion.path() + "/votes"), 403, "results-sealed");
        closed(motion);
        Person.nobody()
                .get(motion.path() + "/votes")
                .then()
                .statusCode(200)
                .body("items.voter.id", contains(motion.author().id()))
                .body("items.choice", contains("YES"));
        Person.nobody().get(motion.path() + "/votes?limit=1").then().body("next", nullValue());
    }

    @Test
    void own_votes_are_listed_newest_first_wherever_they_were_cast() {
        Person voter = Person.named("Vic");
        Village first = Village.open();
        Village second = Village.open();
        first.joinedBy(voter);
        second.joinedBy(voter);
        voter.sends().get("/api/v1/me/votes").then().statusCode(200).body("items", empty());
        Motion one = early(first, Map.of());
        Motion two = early(second, Map.of());
        Motion gone = early(second, Map.of());
        String receipt = cast(one, voter, "YES").path("receipt");
        cast(two, voter, "ABSTAIN").then().statusCode(201);
        cast(gone, voter, "NO").then().statusCode(201);
        withdraw(gone, voter).then().statusCode(204);
        first.left(voter);
        voter.sends()
                .get("/api/v1/me/votes")
                .then()
                .statusCode(200)
                .body("items.proposalId", contains(two.id(), one.id()))
                .body("items.choice", contains("ABSTAIN", "YES"))
                .body("items[1].title", is("A bench"))
                .body("items[1].receipt", is(receipt));
        String next =
                voter.sends().get("/api/v1/me/votes?limit=1").then().extract().path("next");
        voter.sends()
                .get("/api/v1/me/votes?limit=1&cursor=" + next)
                .then()
                .body("items.proposalId", contains(one.id()))
                .body("next", nullValue());
        motion(one.council()).then().body("items.proposalId", not(contains(one.id())));
        Database.update("update community set visibility = 'PRIVATE' where id = ?::uuid", first.id());
        motion(voter).then().body("items.proposalId", contains(two.id()));
        Person.nobody().get("/api/v1/me/votes").then().statusCode(401);
    }

    private static Response motion(Person other) {
        return other.sends().get("/api/v1/me/votes");
    }
}
