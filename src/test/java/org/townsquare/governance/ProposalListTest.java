package org.townsquare.governance;

import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Motion;
import org.townsquare.town.Village;

/** What a list costs does not grow with the votes. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class ProposalListTest {
    @Test
    void a_list_with_tallies_reads_no_vote() throws Exception {
        Village village = Village.open();
        Motion motion = Motion.draft(village).opened();
        motion.vote(village.founder(), "YES");
        Eventually.holds(() -> village.founder()
                .sends()
                .get(village.path() + "/proposals")
                .then()
                .statusCode(200)
                .body("items[0].tally.yes", is(1)));
        try (Connection gate = Database.connect()) {
            gate.setAutoCommit(false);
            try (var sql = gate.createStatement()) {
                sql.execute("lock table vote, elector in access exclusive mode");
            }
            village.founder()
                    .sends()
                    .get(village.path() + "/proposals")
                    .then()
                    .statusCode(200)
                    .body("items[0].tally.yes", is(1));
            gate.rollback();
        }
    }
}
