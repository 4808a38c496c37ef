package org.townsquare.communities;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class MembersTest {
    @Test
    void the_founder_is_the_first_admin() {
        Village village = Village.open();
        village.founder()
                .sends()
                .get(village.path() + "/members")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].userId", is(village.founder().id()))
                .body("items[0].name", is("Ada"))
                .body("items[0].roles", containsInAnyOrder("CITIZEN", "ADMIN"));
    }

    @Test
    void a_taken_slug_is_a_conflict_without_regard_to_who_asks() {
        String slug = "s-" + Person.unique();
        Village.of(Map.of("slug", slug));
        Person.named("Eve")
                .sends(Map.of("name", "Oak", "slug", slug))
                .post("/api/v1/communities")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", is("slug-taken"));
    }

    @Test
    void joining_twice_is_joining_once() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        bob.sends("{}").post(village.path() + "/members").then().statusCode(200).body("status", is("ACTIVE"));
        bob.sends().get("/api/v1/me").then().body("memberships.communityId", contains(village.id()));
    }

    @Test
    void the_last_admin_keeps_the_role() {
        Village village = Village.open();
        village.founder()
                .sends(Map.of("roles", List.of("COUNCIL")))
                .put(village.path() + "/members/" + village.founder().id() + "/roles")
                .then()
                .statusCode(409)
                .body("code", is("last-admin"));
    }

    @Test
    void members_without_the_right_give_no_roles() {
        Village village = Village.open();
        Person bob = village.member("Bob");
        bob.sends(Map.of("roles", List.of("ADMIN")))
                .put(village.path() + "/members/" + bob.id() + "/roles")
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
    }

    @Test
    void a_private_community_does_not_exist_for_strangers() {
        Village village = Village.of(Map.of("visibility", "PRIVATE", "metadata", Map.of("motto", "née 👩‍🚀")));
        village.founder().sends().get(village.path()).then().statusCode(200).body("metadata.motto", is("née 👩‍🚀"));
        Person.named("Eve").sends().get(village.path()).then().statusCode(404).body("code", is("not-found"));
        Person.nobody().get(village.path()).then().statusCode(404).body("code", is("not-found"));
        Person.named("Eve").sends("{}").post(village.path() + "/members").then().statusCode(404);
    }

    @Test
    void metadata_is_kept_as_it_was_sent_or_refused() {
        Person ada = Person.named("Ada");
        String kept = "{\"a\":[0.1,1e-7,12345678901234567890,true,null],\"b\":{\"c\":-2.5}}";
        String id = ada.sends("{\"name\":\"Oak\",\"slug\":\"v-" + Person.unique() + "\",\"metadata\":" + kept + "}")
                .post("/api/v1/communities")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String shown = ada.sends().get("/api/v1/communities/" + id).asString();
        org.junit.jupiter.api.Assertions.assertTrue(
                shown.contains("12345678901234567890") && shown.contains("-2.5") && shown.contains("0.1"), shown);
        for (String inexact : new String[] {"1e400", "1e-400", "0.1234567890123456789012345"})
            ada.sends("{\"name\":\"Oak\",\"slug\":\"v-" + Person.unique() + "\",\"metadata\":{\"a\":" + inexact + "}}")
                    .post("/api/v1/communities")
                    .then()
                    .statusCode(422)
                    .body("code", is("metadata-inexact"));
    }

    @Test
    void members_are_listed_page_by_page() {
        Village village = Village.open();
        village.member("Bob", "COUNCIL");
        village.member("Cem");
        var first = village.founder()
                .sends()
                .get(village.path() + "/members?limit=2")
                .then()
                .statusCode(200)
                .body("items.name", contains("Ada", "Bob"))
                .extract();
        village.founder()
                .sends()
                .get(village.path() + "/members?limit=2&cursor=" + first.path("next"))
                .then()
                .statusCode(200)
                .body("items.name", contains("Cem"))
                .body("next", is(org.hamcrest.Matchers.nullValue()));
        village.founder()
                .sends()
                .get(village.path() + "/members?cursor=x")
                .then()
                .statusCode(400)
                .body("code", is("cursor-invalid"));
    }
}
