package org.townsquare.communities;

import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class MarketsTest {
    private Person root;

    @BeforeEach
    void appoint() {
        root = Person.root();
    }

    private static Map<String, String> lagos() {
        return new HashMap<>(Map.of(
                "code",
                "m-" + Person.unique(),
                "name",
                "Lagos",
                "country",
                "NG",
                "currency",
                "NGN",
                "locale",
                "en-ng",
                "timeZone",
                "Africa/Lagos"));
    }

    private List<String> facts(String market) {
        return Database.texts("select kind from journal_entry where subject_id = ?::uuid order by id", market);
    }

    @Test
    void everyone_lists_the_markets_and_the_platform_adds_them() {
        var lagos = lagos();
        String id = root.sends(lagos)
                .post("/api/v1/markets")
                .then()
                .statusCode(201)
                .body("locale", is("en-NG"))
                .extract()
                .path("id");
        Person.nobody()
                .get("/api/v1/markets?limit=100")
                .then()
                .statusCode(200)
                .body("items.code", hasItem("default"))
                .body("items.code", hasItem(lagos.get("code")));
        root.sends(lagos).post("/api/v1/markets").then().statusCode(409).body("code", is("market-code-taken"));
        assertEquals(List.of("MarketAdded"), facts(id));
        Village village = Village.of(Map.of("market", lagos.get("code")));
        village.founder().sends().get(village.path()).then().body("marketId", is(id));
    }

    @ParameterizedTest
    @CsvSource({
        "country, XX, country-unknown",
        "country, ng, country-unknown",
        "currency, ABC, currency-unknown",
        "locale, not_a_tag, locale-unknown",
        "locale, '', locale-unknown",
        "timeZone, Mars/Olympus, time-zone-unknown",
        "timeZone, +01:00, time-zone-unknown",
        "code, Lagos, invalid"
    })
    void a_market_is_made_of_known_codes(String field, String value, String code) {
        var lagos = lagos();
        lagos.put(field, value);
        root.sends(lagos).post("/api/v1/markets").then().statusCode(422).body("code", is(code));
    }

    @Test
    void a_market_is_changed_on_the_version_that_was_read() {
        var made = root.sends(lagos())
                .post("/api/v1/markets")
                .then()
                .statusCode(201)
                .extract();
        String path = "/api/v1/markets/" + made.path("id");
        root.sends(Map.of("name", "Nigeria")).patch(path).then().statusCode(428);
        root.sends(Map.of("name", "Nigeria", "country", ""))
                .header("If-Match", made.header("ETag"))
                .patch(path)
                .then()
                .statusCode(200)
                .body("name", is("Nigeria"))
                .body("country", nullValue())
                .body("currency", is("NGN"));
        root.sends(Map.of("name", "Nigeria"))
                .header("If-Match", made.header("ETag"))
                .patch(path)
                .then()
                .statusCode(412);
        root.sends(Map.of("name", "Nigeria"))
                .header("If-Match", "*")
                .patch(path)
                .then()
                .statusCode(200);
        assertEquals(List.of("MarketAdded", "MarketChanged"), facts(made.path("id")));
    }

    @Test
    void nobody_else_touches_a_market() {
        Person eve = Person.named("Eve");
        eve.sends(lagos()).post("/api/v1/markets").then().statusCode(403).body("code", is("not-allowed"));
        eve.sends(Map.of("name", "Mine"))
                .header("If-Match", "*")
                .patch("/api/v1/markets/00000000-0000-7000-8000-000000000001")
                .then()
                .statusCode(403);
        Person.nobody().body(lagos()).post("/api/v1/markets").then().statusCode(401);
    }
}
