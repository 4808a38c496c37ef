package org.townsquare.identity;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class ProfileTest {
    /** Everybody in the tests calls from one network, which has a limit of mails. */
    @BeforeEach
    void forgetWhatOthersTried() {
        var unused = Database.update("delete from throttle");
    }

    private static ValidatableResponse edit(Person person, Object body) {
        String etag = person.sends().get("/api/v1/me").header("ETag");
        return person.sends(body).header("If-Match", etag).patch("/api/v1/me").then();
    }

    private static int sees(Person viewer, Person person) {
        return viewer.sends().get("/api/v1/users/" + person.id()).statusCode();
    }

    @Test
    void a_profile_is_changed_in_parts_and_the_log_names_them_without_their_texts() {
        Person ada = Person.named("Ada");
        edit(ada, Map.of("bio", "I plant " + ada.id(), "locale", "de-at", "timeZone", "Europe/Vienna"))
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("name", is("Ada"))
                .body("bio", is("I plant " + ada.id()))
                .body("locale", is("de-AT"))
                .body("timeZone", is("Europe/Vienna"))
                .body("avatarUrl", nullValue());
        edit(ada, Map.of("name", " Ada Moreau ", "bio", "", "avatarUrl", "https://example.org/a.png"))
                .statusCode(200)
                .body("name", is("Ada Moreau"))
                .body("bio", nullValue())
                .body("locale", is("de-AT"))
                .body("avatarUrl", is("https://example.org/a.png"));
        edit(ada, Map.of("name", "Ada Moreau")).statusCode(200).header("ETag", is("\"2\""));
        var bodies = Database.texts(
                "select convert_from(body, 'UTF8') from journal_entry where kind = 'ProfileChanged' and subject_id = ?::uuid order by id",
                ada.id());
        assertEquals(2, bodies.size(), "what changed nothing is no fact");
        assertTrue(bodies.get(0).contains("[\"BIO\",\"LOCALE\",\"TIME_ZONE\"]"), bodies.get(0));
        assertFalse(bodies.toString().contains("I plant"));
    }

    @Test
    void a_change_is_made_on_the_version_that_was_read() {
        Person ada = Person.named("Ada");
        ada.sends(Map.of("bio", "x")).patch("/api/v1/me").then().statusCode(428);
        ada.sends(Map.of("bio", "x"))
                .header("If-Match", "\"7\"")
                .patch("/api/v1/me")
                .then()
                .statusCode(412);
    }

    @Test
    void what_is_no_locale_zone_or_address_is_refused() {
        Person ada = Person.named("Ada");
        for (String locale : new String[] {"", "x", "de_AT!", "und", "123456789"})
            edit(ada, Map.of("locale", locale)).statusCode(422).body("code", is("locale-unknown"));
        for (String zone : new String[] {"", "Mars/Olympus", "UTC+1"})
            edit(ada, Map.of("timeZone", zone)).statusCode(422).body("code", is("time-zone-unknown"));
        for (String url : new String[] {
            "javascript:alert(1)", "ftp://example.org/a", "https://", "http://a b", "//x", "https://me@x.org/"
        }) edit(ada, Map.of("avatarUrl", url)).statusCode(422).body("code", is("avatar-url-invalid"));
        for (String name : new String[] {"", " \n ", "\u2003", "\u001c"})
            edit(ada, Map.of("name", name)).statusCode(422).body("code", is("invalid"));
    }

    @Test
    void a_person_is_seen_by_those_who_share_a_community_and_by_nobody_else() {
        Village oak = Village.open();
        Village elm = Village.open();
        Person bea = oak.member("Bea");
        Person cem = elm.member("Cem");
        bea.sends()
                .get("/api/v1/users/" + oak.founder().id())
                .then()
                .statusCode(200)
                .body("name", is("Ada"))
                .body("id", notNullValue())
                .body("email", nullValue());
        assertEquals(200, sees(bea, bea));
        assertEquals(404, sees(cem, bea));
        Person.nobody().get("/api/v1/users/" + bea.id()).then().statusCode(401);
        elm.joinedBy(bea);
        assertEquals(200, sees(cem, bea));
        Database.update("update member set status = 'SUSPENDED' where user_id = ?::uuid", bea.id());
        assertEquals(200, sees(cem, bea), "suspended members see and are seen");
        assertEquals(200, sees(bea, cem));
        Database.update("update member set status = 'BANNED', roles = '{}' where user_id = ?::uuid", bea.id());
        assertEquals(404, sees(cem, bea));
        assertEquals(404, sees(bea, cem));
    }

    @Test
    void a_key_for_one_community_shows_nobody() {
        Village oak = Village.open();
        Person bea = oak.member("Bea");
        Token key = Token.randomKey();
        Database.update(
                "insert into api_key values (gen_random_uuid(), 0, now(), now(), ?::uuid, ?::uuid, 'k', ?, ?, '{user:read}', now() + interval '1 day', 600)",
                bea.id(),
                oak.id(),
                key.prefix(),
                key.hash());
        new Person(bea.id(), "Bea", bea.email(), key.text())
                .sends()
                .get("/api/v1/users/" + oak.founder().id())
                .then()
                .statusCode(403)
                .body("code", is("scope-missing"));
        assertEquals(200, sees(bea, oak.founder()));
    }
}
