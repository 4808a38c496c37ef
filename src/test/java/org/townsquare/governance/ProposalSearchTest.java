package org.townsquare.governance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.townsquare.governance.ProposalTest.refused;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Motion;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class ProposalSearchTest {
    private static Motion of(Village village, String title, String description) {
        return Motion.draft(village, Map.of("title", title, "description", description));
    }

    private static ValidatableResponse search(Person by, Village village, String... query) {
        var request = by == null ? Person.nobody() : by.sends();
        for (int i = 0; i < query.length; i += 2) request.queryParam(query[i], query[i + 1]);
        return request.get(village.path() + "/proposals").then().statusCode(200);
    }

    @Test
    void proposals_are_found_by_the_words_of_title_and_description() {
        Village village = Village.open();
        String bench = of(village, "A bench", "By the old oak, near the river.")
                .submitted()
                .id();
        String lamp = of(village, "Lamps", "Solar lamps near the OLD bench.")
                .submitted()
                .id();
        String secret = of(village, "A bench of my own", "oak").id();
        search(null, village, "q", "bench").body("items.id", contains(lamp, bench));
        search(null, village, "q", "BENCH oak").body("items.id", contains(bench));
        search(null, village, "q", "\"old bench\"").body("items.id", contains(lamp));
        search(null, village, "q", "bench -oak").body("items.id", contains(lamp));
        search(null, village, "q", "river or solar").body("items.id", containsInAnyOrder(lamp, bench));
        search(null, village, "q", "benches").body("items", empty());
        search(null, village, "q", "!!! ((").body("items", empty());
        search(null, village, "q", "").body("items.id", contains(lamp, bench));
        var author = Motion.draft(village).author();
        search(author, village, "q", "oak").body("items.id", containsInAnyOrder(secret, bench, lastOf(village)));
        search(null, Village.open(), "q", "bench").body("items", empty());
        refused(
                Person.nobody().queryParam("q", "x".repeat(201)).get(village.path() + "/proposals"),
                400,
                "parameter-invalid");
    }

    private static String lastOf(Village village) {
        return Database.texts(
                        "select id from proposal where community_id = ?::uuid order by id desc limit 1", village.id())
                .get(0);
    }

    @Test
    void proposals_are_filtered_by_state_author_and_reviewer() {
        Village village = Village.open();
        Motion opened = Motion.draft(village).opened();
        Motion waiting = Motion.draft(village).submitted();
        String byFounder = village.founder()
                .sends(Map.of("title", "A bench", "description", "x"))
                .post(village.path() + "/proposals")
                .then()
                .extract()
                .path("id");
        village.founder()
                .sends("{}")
                .post("/api/v1/proposals/" + byFounder + "/submission")
                .then()
                .statusCode(200);
        String author = opened.author().id();
        search(null, village, "author", author).body("items.id", contains(waiting.id(), opened.id()));
        search(null, village, "author", author, "status", "VOTING").body("items.id", contains(opened.id()));
        search(null, village, "author", village.founder().id(), "q", "bench").body("items.id", contains(byFounder));
        search(null, village, "reviewedBy", opened.council().id()).body("items.id", contains(opened.id()));
        search(null, village, "reviewedBy", author).body("items", empty());
        search(null, village, "author", "").body("items.id", contains(byFounder, waiting.id(), opened.id()));
        for (String parameter : List.of("author", "reviewedBy"))
            for (String wrong : List.of("x", "1-1-1-1-1"))
                refused(
                        Person.nobody().queryParam(parameter, wrong).get(village.path() + "/proposals"),
                        400,
                        "parameter-invalid");
    }

    @Test
    void a_search_goes_on_page_by_page_while_rows_arrive() {
        Village village = Village.open();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 5; i++)
            expected.add(0, of(village, "Bench " + i, "x").submitted().id());
        of(village, "Lamp", "x").submitted();
        var found = new ArrayList<String>();
        String next = null;
        do {
            var page = (next == null
                            ? search(null, village, "q", "bench", "limit", "2")
                            : search(null, village, "q", "bench", "limit", "2", "cursor", next))
                    .extract();
            found.addAll(page.path("items.id"));
            next = page.path("next");
            of(village, "Bench later", "x").submitted();
        } while (next != null);
        assertEquals(expected, found);
    }

    @Test
    void a_search_uses_its_index() throws Exception {
        try (var database = Database.connect();
                var statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("set local enable_seqscan = off");
            statement.execute("set local enable_indexscan = off");
            var plan = new StringBuilder();
            try (var rows = statement.executeQuery(
                    "explain select 1 from proposal p where (to_tsvector('simple', p.title || ' ' || p.description) @@ websearch_to_tsquery('simple', 'bench')) = true")) {
                while (rows.next()) plan.append(rows.getString(1)).append('\n');
            }
            assertTrue(plan.toString().contains("proposal_search"), plan.toString());
        }
    }

    @Test
    void the_list_shows_what_became_of_it() {
        Village village = Village.open();
        Motion motion = Motion.draft(village).submitted();
        motion.author().sends("{}").post(motion.path() + "/withdrawal").then().statusCode(200);
        search(null, village, "status", "ARCHIVED")
                .body("items.id", contains(motion.id()))
                .body("items[0].outcomeReason", is("WITHDRAWN"))
                .body("items[0].tally", nullValue());
    }
}
