package org.townsquare.platform;

import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;

/** What each probe asks, and does not. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class HealthTest {
    @Test
    void a_replica_lives_whatever_its_database_does() {
        RestAssured.get("/q/health/live")
                .then()
                .statusCode(200)
                .body("checks.name", is(java.util.List.of("event-loops")));
    }

    @Test
    void it_is_ready_while_the_database_answers() {
        Eventually.holds(() -> RestAssured.get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("database", "journal-stream", "journal", "log", "followers"))
                .body("checks.name", not(hasItems("Reactive PostgreSQL connections health check")))
                .body("checks.find { it.name == 'journal' }.data.degraded", is(false)));
    }

    @Test
    void it_has_started_when_the_database_has_answered_once() {
        Eventually.holds(() ->
                RestAssured.get("/q/health/started").then().statusCode(200).body("checks.name", hasItems("started")));
    }
}
