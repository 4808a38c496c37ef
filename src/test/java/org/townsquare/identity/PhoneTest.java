package org.townsquare.identity;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Person;

@QuarkusTest
@QuarkusTestResource(Database.class)
class PhoneTest {
    private static String phone() {
        return "+49" + (1_000_000_000L + Math.floorMod(Person.unique().hashCode(), 1_000_000_000));
    }

    private static ValidatableResponse ask(Person person, String phone) {
        return person.sends(Map.of("phone", phone, "password", Person.PASSWORD))
                .put("/api/v1/me/phone")
                .then();
    }

    private static ValidatableResponse confirm(Person person, String code) {
        return person.sends(Map.of("code", code))
                .post("/api/v1/me/phone/confirmation")
                .then();
    }

    private static String other(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    @Test
    void a_phone_is_proved_by_the_code_that_is_sent_there_and_the_owner_is_told() {
        Person ada = Person.named("Ada");
        String phone = phone();
        ask(ada, phone).statusCode(202).body("validFor", is("PT10M"));
        ada.sends().get("/api/v1/me").then().body("phone", nullValue());
        String code = Mailbox.code(1, phone);
        confirm(ada, other(code)).statusCode(422).body("code", is("code-invalid"));
        confirm(ada, code).statusCode(204);
        ada.sends().get("/api/v1/me").then().body("phone", is(phone)).body("phoneVerifiedAt", notNullValue());
        confirm(ada, code).statusCode(410).body("code", is("token-spent"));
        Mailbox.nth(1, ada.email(), "Your phone was changed");
    }

    @Test
    void a_code_of_another_user_is_a_wrong_one() {
        Person ada = Person.named("Ada");
        Person eve = Person.named("Eve");
        String phone = phone();
        String hers = phone();
        ask(ada, phone).statusCode(202);
        ask(eve, hers).statusCode(202);
        String code = Mailbox.code(1, phone);
        if (!code.equals(Mailbox.code(1, hers))) confirm(eve, code).statusCode(422);
        confirm(ada, code).statusCode(204);
    }

    @Test
    void a_code_is_tried_five_times_and_five_are_sent_a_day() {
        Person ada = Person.named("Ada");
        String phone = phone();
        ask(ada, phone).statusCode(202);
        String code = Mailbox.code(1, phone);
        for (int i = 0; i < 5; i++) confirm(ada, other(code)).statusCode(422).body("code", is("code-invalid"));
        confirm(ada, code)
                .statusCode(429)
                .body("code", is("too-many-tries"))
                .header(
                        "Retry-After",
                        Integer::parseInt,
                        org.hamcrest.Matchers.allOf(
                                org.hamcrest.Matchers.greaterThan(500), org.hamcrest.Matchers.lessThanOrEqualTo(600)));
        for (int i = 0; i < 4; i++) ask(ada, phone).statusCode(202);
        ask(ada, phone).statusCode(429).body("code", is("too-many-tries"));
        Database.update("update verification set expires_at = clock_timestamp() where user_id = ?::uuid", ada.id());
        confirm(ada, "123456").statusCode(410);
    }

    @Test
    void what_is_no_number_is_refused_and_so_is_who_shows_no_password() {
        Person ada = Person.named("Ada");
        for (String wrong : List.of("", "030123456", "+0301234567", "+49 30 123456", "+491", "+" + "1".repeat(16)))
            ask(ada, wrong).statusCode(422).body("code", is("invalid"));
        ada.sends(Map.of("phone", phone()))
                .put("/api/v1/me/phone")
                .then()
                .statusCode(403)
                .body("code", is("proof-needed"));
        confirm(ada, "123456").statusCode(410);
        assertEquals(
                List.of(),
                Database.texts("select 1 from verification where purpose = 'PHONE' and user_id = ?::uuid", ada.id()));
    }
}
