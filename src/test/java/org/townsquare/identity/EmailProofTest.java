package org.townsquare.identity;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Person;

@QuarkusTest
@QuarkusTestResource(Database.class)
class EmailProofTest {
    /** Everybody in the tests calls from one network, which has a limit of mails. */
    @BeforeEach
    void forgetWhatOthersTried() {
        var unused = Database.update("delete from throttle");
    }

    static final String CONFIRM = "Confirm your e-mail";
    static final String CONFIRM_NEW = "Confirm your new e-mail";
    static final String CHANGED = "Your e-mail was changed";

    @Inject
    Pepper pepper;

    static ValidatableResponse confirm(String token) {
        return Person.nobody()
                .body(Map.of("token", token))
                .post("/api/v1/email-confirmations")
                .then();
    }

    private static ValidatableResponse change(Person person, String email) {
        return person.sends(Map.of("email", email, "password", Person.PASSWORD))
                .put("/api/v1/me/email")
                .then();
    }

    private static String address() {
        return Person.unique() + "@example.net";
    }

    @Test
    void whoever_signs_up_gets_a_mail_and_confirms_by_its_token_once() {
        Person ada = Person.named("Ada");
        ada.sends().get("/api/v1/me").then().body("emailVerifiedAt", nullValue());
        String token = Mailbox.token(ada.email(), CONFIRM);
        confirm(token).statusCode(204);
        ada.sends().get("/api/v1/me").then().body("emailVerifiedAt", notNullValue());
        confirm(token).statusCode(410).body("code", is("token-spent"));
        ada.sends()
                .post("/api/v1/me/email-verification")
                .then()
                .statusCode(409)
                .body("code", is("email-confirmed-already"));
        assertEquals(
                List.of("MAIL_TOKEN"),
                Database.texts(
                        "select credential from journal_entry where kind = 'EmailConfirmed' and subject_id = ?::uuid and actor_id = subject_id",
                        ada.id()));
    }

    @Test
    void of_many_who_use_a_token_at_once_one_does() throws Exception {
        Person ada = Person.named("Ada");
        String token = Mailbox.token(ada.email(), CONFIRM);
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 12; i++) calls.add(() -> confirm(token).extract().statusCode());
        var threads = Executors.newFixedThreadPool(12);
        var statuses = new ArrayList<Integer>();
        for (var call : threads.invokeAll(calls)) statuses.add(call.get());
        threads.shutdown();
        assertEquals(1, statuses.stream().filter(it -> it == 204).count(), statuses.toString());
        assertEquals(11, statuses.stream().filter(it -> it == 410).count(), statuses.toString());
    }

    @Test
    void a_token_that_is_replaced_expired_or_forged_is_spent() {
        Person ada = Person.named("Ada");
        String first = Mailbox.token(ada.email(), CONFIRM);
        ada.sends().post("/api/v1/me/email-verification").then().statusCode(202).body("validFor", is("PT24H"));
        String second = Mailbox.token(2, ada.email(), CONFIRM);
        confirm(first).statusCode(410).body("code", is("token-spent"));
        Database.update("update verification set expires_at = clock_timestamp() where user_id = ?::uuid", ada.id());
        confirm(second).statusCode(410).body("code", is("token-spent"));
        for (String forged : List.of(
                "",
                "x",
                second.substring(1),
                second.substring(0, 63) + (second.endsWith("A") ? "B" : "A"),
                pepper.token("invitation", UUID.fromString(ada.id()))))
            confirm(forged).statusCode(410).body("code", is("token-spent"));
    }

    @Test
    void a_token_for_one_purpose_is_none_for_another() {
        Person ada = Person.named("Ada");
        String token = Mailbox.token(ada.email(), CONFIRM);
        Person.nobody()
                .body(Map.of("token", token, "password", "wrong donkey charger"))
                .post("/api/v1/password-resets/completion")
                .then()
                .statusCode(410);
        confirm(token).statusCode(204);
    }

    @Test
    void an_e_mail_is_changed_once_the_new_one_is_proved_and_both_are_told() {
        Person ada = Person.named("Ada");
        String old = Mailbox.token(ada.email(), CONFIRM);
        String address = address();
        change(ada, address).statusCode(202).body("validFor", is("PT24H"));
        ada.sends().get("/api/v1/me").then().body("email", is(ada.email()));
        confirm(Mailbox.token(address, CONFIRM_NEW)).statusCode(204);
        ada.sends()
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("email", is(address))
                .body("emailVerifiedAt", notNullValue());
        Mailbox.nth(1, ada.email(), CHANGED);
        Mailbox.nth(1, address, CHANGED);
        confirm(old).statusCode(410);
        SignInTest.signIn(ada.email(), Person.PASSWORD).statusCode(401);
        SignInTest.signIn(address, Person.PASSWORD).statusCode(201);
    }

    @Test
    void whoever_changes_the_e_mail_shows_the_password_again() {
        Person ada = Person.named("Ada");
        ada.sends(Map.of("email", address()))
                .put("/api/v1/me/email")
                .then()
                .statusCode(403)
                .body("code", is("proof-needed"));
        ada.sends(Map.of("email", address(), "password", "not the password"))
                .put("/api/v1/me/email")
                .then()
                .statusCode(403)
                .body("code", is("proof-needed"));
    }

    @Test
    void that_an_address_is_taken_is_told_to_whoever_proves_it() {
        Person ada = Person.named("Ada");
        String address = address();
        change(ada, address).statusCode(202);
        String token = Mailbox.token(address, CONFIRM_NEW);
        Person.nobody()
                .body(Map.of("name", "Eve", "email", address, "password", Person.PASSWORD))
                .post("/api/v1/sign-ups")
                .then()
                .statusCode(201);
        confirm(token).statusCode(409).body("code", is("email-taken"));
        ada.sends().get("/api/v1/me").then().body("email", is(ada.email()));
        assertEquals(
                List.of(),
                Database.texts(
                        "select kind from journal_entry where kind = 'EmailChanged' and actor_id = ?::uuid", ada.id()));
    }

    @Test
    void a_disabled_user_proves_nothing() {
        Person ada = Person.named("Ada");
        String token = Mailbox.token(ada.email(), CONFIRM);
        Database.update("update users set status = 'DISABLED' where id = ?::uuid", ada.id());
        confirm(token).statusCode(410);
        PasswordTest.askReset(ada.email()).statusCode(202);
        assertEquals(
                List.of("EMAIL"), Database.texts("select purpose from verification where user_id = ?::uuid", ada.id()));
    }

    @Test
    void a_token_and_its_replacement_meet_without_a_deadlock() throws Exception {
        for (int round = 0; round < 5; round++) {
            Person ada = Person.named("Ada");
            String token = Mailbox.token(ada.email(), CONFIRM);
            var threads = Executors.newFixedThreadPool(6);
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 3; i++) {
                calls.add(() -> confirm(token).extract().statusCode());
                calls.add(
                        () -> ada.sends().post("/api/v1/me/email-verification").statusCode());
            }
            var statuses = new ArrayList<Integer>();
            for (var call : threads.invokeAll(calls)) statuses.add(call.get());
            threads.shutdown();
            assertTrue(List.of(202, 204, 409, 410).containsAll(statuses), statuses.toString());
        }
    }

    @Test
    void one_address_gets_three_mails_an_hour_and_the_same_answer_after_that() {
        Person ada = Person.named("Ada");
        for (int i = 0; i < 5; i++)
            ada.sends()
                    .post("/api/v1/me/email-verification")
                    .then()
                    .statusCode(202)
                    .body("validFor", is("PT24H"));
        Person last = Person.named("Last");
        Mailbox.token(last.email(), CONFIRM);
        Eventually.holds(() -> assertTrue(Mailbox.of(ada.email()).size() >= 1));
        assertEquals(
                4,
                Database.texts(
                                "select 1 from journal_entry where kind = 'VerificationAsked' and subject_id = ?::uuid",
                                ada.id())
                        .size(),
                "the one at sign-up and three more");
    }
}
