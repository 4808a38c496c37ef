package org.townsquare.audit;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.platform.Ids;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class AuditLogTest {
    @Test
    void the_log_shows_who_did_what_when_and_to_the_actor_from_where() {
        Village village = Village.open();
        Person bob = village.member("Bob", "COUNCIL");
        bob.sends()
                .get(village.path() + "/audit-log")
                .then()
                .statusCode(200)
                .body("items.kind", contains("RolesChanged", "MemberJoined", "MemberJoined", "CommunityFounded"))
                .body("items.actor.name", contains("Ada", "Bob", "Ada", "Ada"))
                .body("items.withheld", everyItem(is(false)))
                .body("items[0].fact.after", hasItems("CITIZEN", "COUNCIL"))
                .body("items[0].origin", nullValue())
                .body("items[1].at", notNullValue())
                .body("items[1].credential", is("SESSION"))
                .body("items[1].entry", matchesPattern("[A-Za-z0-9_-]{43}"))
                .body("items[1].origin.ip", is("127.0.0.1"))
                .body("items[1].origin.userAgent", notNullValue());
    }

    @Test
    void it_is_read_page_by_page_without_a_gap() {
        Village village = Village.open();
        village.member("Bob");
        var first = village.founder()
                .sends()
                .get(village.path() + "/audit-log?limit=1")
                .then()
                .statusCode(200)
                .body("items.kind", contains("MemberJoined"))
                .extract();
        village.founder()
                .sends()
                .get(village.path() + "/audit-log?limit=5&cursor=" + first.path("next"))
                .then()
                .statusCode(200)
                .body("items.kind", contains("MemberJoined", "CommunityFounded"));
    }

    @Test
    void what_is_one_s_own_business_is_shown_to_others_as_its_digest() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        String draft = bob.sends(Map.of("title", "A bench", "description", "By the river."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        bob.sends()
                .get(village.path() + "/audit-log?limit=1")
                .then()
                .body("items[0].kind", is("ProposalDrafted"))
                .body("items[0].withheld", is(false));
        village.founder()
                .sends()
                .get(village.path() + "/audit-log?limit=1")
                .then()
                .body("items[0].withheld", is(true))
                .body("items[0].entry", matchesPattern("[A-Za-z0-9_-]{43}"))
                .body("items[0].kind", nullValue())
                .body("items[0].actor", nullValue())
                .body("items[0].fact", nullValue());
        bob.sends("{}")
                .post("/api/v1/proposals/" + draft + "/submission")
                .then()
                .statusCode(200);
        village.founder()
                .sends()
                .get(village.path() + "/audit-log?limit=2")
                .then()
                .body("items.kind", contains("ProposalSubmitted", "ProposalDrafted"))
                .body("items[1].actor.name", is("Bob"));
    }

    @Test
    void what_another_release_wrote_and_this_one_cannot_read_is_withheld() throws SQLException {
        Village village = Village.open();
        var texts = Map.of(
                "KindOfTomorrow",
                "{}",
                "ProposalClosed",
                "{\"fact\":{\"outcome\":\"POSTPONED\"}}",
                "MemberJoined",
                "{\"fact\":\"none\"}");
        for (var text : texts.entrySet())
            Database.update(
                    "insert into journal_entry (id, stream, at, community_id, kind, subject_type, subject_id, credential, body) values (?::uuid, 1, clock_timestamp(), ?::uuid, ?, 'note', ?::uuid, 'SYSTEM', convert_to(?, 'UTF8'))",
                    Ids.next().toString(),
                    village.id(),
                    text.getKey(),
                    village.id(),
                    text.getValue());
        village.founder()
                .sends()
                .get(village.path() + "/audit-log?limit=4")
                .then()
                .statusCode(200)
                .body("items.withheld", contains(true, true, true, false));
        village.founder()
                .sends()
                .get(village.path() + "/audit-log?kind=ProposalClosed")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void a_filter_that_finds_little_of_a_long_log_goes_on_by_the_next_page() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        String own = draft(village, bob.id(), 1);
        draft(village, village.founder().id(), 2_100);
        String log = village.path() + "/audit-log?kind=ProposalDrafted&limit=2";
        String next = bob.sends()
                .get(log)
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("next", notNullValue())
                .header("Link", containsString("rel=\"next\""))
                .extract()
                .path("next");
        bob.sends()
                .get(log + "&cursor=" + next)
                .then()
                .statusCode(200)
                .body("items.id", contains(own))
                .body("next", nullValue());
    }

    /** So many entries of drafts that only their author may read; the id of the last. */
    @CanIgnoreReturnValue
    private static String draft(Village village, String author, int entries) {
        List<String> ids = Database.texts("""
                insert into journal_entry (id, stream, at, community_id, kind, subject_type, subject_id, actor_id, credential, body)
                select uuidv7(), 1, clock_timestamp(), v.id, 'ProposalDrafted', 'proposal', v.id, a.id, 'SESSION',
                       convert_to(json_build_object('fact', json_build_object('communityId', v.id, 'proposalId', v.id))::text, 'UTF8')
                from (select ?::uuid as id) as v, (select ?::uuid as id) as a, generate_series(1, ?)
                returning id""", village.id(), author, entries);
        return ids.get(ids.size() - 1);
    }

    @Test
    void strangers_do_not_read_it() {
        Village open = Village.open();
        Village hidden = Village.of(Map.of("visibility", "PRIVATE"));
        Person eve = Person.named("Eve");
        eve.sends().get(open.path() + "/audit-log").then().statusCode(403).body("code", is("members-only"));
        eve.sends().get(hidden.path() + "/audit-log").then().statusCode(404).body("code", is("not-found"));
        Person.nobody().get(open.path() + "/audit-log").then().statusCode(401).body("code", is("sign-in-required"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update journal_entry set kind = 'x'",
                "delete from journal_entry",
                "truncate journal_entry",
                "do $$ begin execute 'truncate ' || (select inhrelid::regclass from pg_inherits where inhparent = 'journal_entry'::regclass limit 1); end $$"
            })
    void the_table_refuses_careless_sql(String careless) throws SQLException {
        Village.open();
        try (var db = Database.connect();
                var sql = db.createStatement()) {
            var refused = assertThrows(SQLException.class, () -> sql.execute(careless));
            assertEquals("42501", refused.getSQLState());
        }
    }

    @Test
    void an_entry_s_body_is_canonical_and_holds_no_personal_data() throws Exception {
        Village village = Village.open();
        try (var db = Database.connect();
                var sql = db.prepareStatement(
                        "select convert_from(body, 'UTF8'), id::text from journal_entry where community_id = ?::uuid")) {
            sql.setString(1, village.id());
            var rows = sql.executeQuery();
            int entries = 0;
            while (rows.next()) {
                entries++;
                String body = rows.getString(1);
                var json = new com.fasterxml.jackson.databind.ObjectMapper().readTree(body);
                assertEquals(org.townsquare.journal.CanonicalJson.write(json), body);
                assertEquals(rows.getString(2), json.get("id").textValue());
                assertEquals(-1, body.indexOf("127.0.0.1"));
                assertEquals(-1, body.indexOf("Ada"));
            }
            assertEquals(2, entries);
        }
    }

    @Test
    void only_platform_admins_see_the_followers() throws SQLException {
        Person root = Person.named("Root");
        root.sends().get("/api/v1/followers").then().statusCode(403).body("code", is("forbidden"));
        root.sends().get("/api/v1/dead-entries").then().statusCode(403);
        try (var db = Database.connect();
                var sql = db.prepareStatement(
                        "update users set platform_roles = '{PLATFORM_ADMIN}' where id = ?::uuid")) {
            sql.setString(1, root.id());
            assertEquals(1, sql.executeUpdate());
        }
        root.sends().get("/api/v1/followers").then().statusCode(200);
        root.sends().get("/api/v1/dead-entries").then().statusCode(200).body("items", notNullValue());
        root.sends()
                .post("/api/v1/dead-entries/0198f6a0-0000-7000-8000-000000000000/retry")
                .then()
                .statusCode(404);
    }

    @Test
    void health_shows_the_followers_without_falling_for_them() {
        Person.nobody().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("followers"));
    }
}
