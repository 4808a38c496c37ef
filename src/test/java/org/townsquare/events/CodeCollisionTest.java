package org.townsquare.events;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class CodeCollisionTest {
    /** Draws the code of {@code first} so often, then others. Other random bits are zeros. */
    private record Repeating(long first, int times, AtomicInteger drawn) implements RandomGenerator {
        @Override
        public long nextLong() {
            int n = drawn.getAndIncrement();
            return n < times ? first : first + n;
        }

        @Override
        public void nextBytes(byte[] bytes) {}
    }

    @Test
    void a_taken_code_is_drawn_again() {
        Village village = Village.open();
        String group = Gathering.group(village);
        String taken =
                schedule(village, group, 1_000, 0).statusCode(201).extract().path("codeText");
        String other =
                schedule(village, group, 1_000, 5).statusCode(201).extract().path("codeText");
        assertEquals(EventCode.draw(() -> 1_000).text(), taken);
        assertEquals(EventCode.draw(() -> 1_005).text(), other);
        assertEquals(2, Rows.count("select count(*) from event where group_id = ?::uuid", group));
        assertEquals(
                2,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'EventScheduled' and community_id = ?::uuid",
                        village.id()));
    }

    @Test
    void where_every_code_is_taken_the_service_is_busy() {
        Village village = Village.open();
        String group = Gathering.group(village);
        schedule(village, group, 2_000, 0).statusCode(201);
        schedule(village, group, 2_000, 100)
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", is("busy"));
        assertEquals(1, Rows.count("select count(*) from event where group_id = ?::uuid", group));
    }

    @Test
    void a_code_that_stood_for_another_event_is_drawn_again_also_when_that_is_gone() {
        Village village = Village.open();
        String group = Gathering.group(village);
        String gone =
                schedule(village, group, 3_000, 0).statusCode(201).extract().path("id");
        EventChangesTest.deleted(village.founder(), "/api/v1/events/" + gone).statusCode(204);
        var event = schedule(village, group, 3_000, 1).statusCode(201).extract();
        assertEquals(EventCode.draw(() -> 3_001).text(), event.path("codeText"));
        var replaced = new Gathering(village, group, event.path("id"), event.path("codeText"));
        // the first is that of the deleted event, the second its own
        QuarkusMock.installMockForType(new Repeating(2_999, 0, new AtomicInteger(1)), RandomGenerator.class);
        replaced.act("code", Map.of())
                .statusCode(200)
                .body("codeText", is(EventCode.draw(() -> 3_002).text()));
        assertEquals(
                2,
                Rows.count(
                        "select count(*) from retired_code where code_text in (?, ?)",
                        EventCode.draw(() -> 3_000).text(),
                        EventCode.draw(() -> 3_001).text()));
    }

    private static io.restassured.response.ValidatableResponse schedule(
            Village village, String group, long first, int times) {
        QuarkusMock.installMockForType(new Repeating(first, times, new AtomicInteger()), RandomGenerator.class);
        return Gathering.schedule(village.founder(), group, Map.of());
    }
}
