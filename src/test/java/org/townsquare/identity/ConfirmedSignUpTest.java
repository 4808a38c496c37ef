package org.townsquare.identity;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Person;

@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(ConfirmedSignUpTest.Confirm.class)
class ConfirmedSignUpTest {
    /** Everybody in the tests calls from one network, which has a limit of mails. */
    @BeforeEach
    void forgetWhatOthersTried() {
        var unused = Database.update("delete from throttle");
    }

    private static final String FINISH = "Finish your sign-up";
    private static final String KNOWN = "You have an account";

    /** An installation that does not say who has an account. */
    public static class Confirm implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "townsquare.identity.sign-up", "CONFIRM",
                    "townsquare.identity.links", "https://app.example/{act}#{token}",
                    "townsquare.phone-by-mail", "false");
        }
    }

    @Inject
    MeterRegistry metrics;

    @CanIgnoreReturnValue
    private static Response signUp(String email, String password) {
        return Person.nobody()
                .body(Map.of("name", "Ada", "email", email, "password", password))
                .post("/api/v1/sign-ups");
    }

    private static ValidatableResponse complete(String token, String password) {
        return Person.nobody()
                .body(Map.of("token", token, "password", password))
                .post("/api/v1/sign-ups/completion")
                .then();
    }

    private static String address() {
        return Person.unique() + "@example.org";
    }

    private static Person opened() {
        String email = address();
        assertEquals(202, signUp(email, Person.PASSWORD).statusCode());
        var answer = complete(Mailbox.token(email, FINISH), Person.PASSWORD)
                .statusCode(201)
                .extract();
        return new Person(answer.path("user.id"), "Ada", email, answer.path("token"));
    }

    private double hashes() {
        return metrics.get("townsquare.password.hashes").counter().count();
    }

    @Test
    void the_account_is_open_once_the_address_is_proved() {
        String email = address();
        signUp(email, Person.PASSWORD).then().statusCode(202).body("validFor", is("PT24H"));
        SignInTest.signIn(email, Person.PASSWORD).statusCode(401);
        String token = Mailbox.token(email, FINISH);
        Assertions.assertTrue(Mailbox.nth(1, email, FINISH).text().contains("https://app.example/sign-up#" + token));
        String session = complete(token, Person.PASSWORD)
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("user.email", is(email))
                .extract()
                .path("token");
        Person.nobody()
                .header("Authorization", "Bearer " + session)
                .get("/api/v1/me")
                .then()
                .body("emailVerifiedAt", notNullValue());
        complete(token, Person.PASSWORD).statusCode(410).body("code", is("token-spent"));
        SignInTest.signIn(email, Person.PASSWORD).statusCode(201);
    }

    @Test
    void every_address_gets_the_same_answer_for_the_same_work_and_the_mail_tells() {
        Person ada = opened();
        String email = address();
        double start = hashes();
        var known = signUp(ada.email(), "wrong donkey charger");
        double middle = hashes();
        var unknown = signUp(email, "wrong donkey charger");
        assertEquals(List.of(1.0, 1.0), List.of(middle - start, hashes() - middle));
        assertEquals(202, known.statusCode());
        assertEquals(known.asString(), unknown.asString());
        assertEquals(
                known.headers().asList().stream().map(it -> it.getName()).toList(),
                unknown.headers().asList().stream().map(it -> it.getName()).toList());
        assertFalse(Mailbox.nth(1, ada.email(), KNOWN).text().contains("#"), "no token there");
        Mailbox.token(email, FINISH);
    }

    @Test
    void nobody_confirms_a_password_that_somebody_else_chose() {
        String email = address();
        signUp(email, "eves own password");
        String token = Mailbox.token(email, FINISH);
        complete(token, Person.PASSWORD).statusCode(401).body("code", is("credentials-invalid"));
        // the owner signs up, too, and finishes that
        signUp(email, Person.PASSWORD);
        complete(Mailbox.token(2, email, FINISH), Person.PASSWORD).statusCode(201);
        complete(token, "eves own password").statusCode(409).body("code", is("email-taken"));
    }

    @Test
    void a_token_that_has_expired_or_is_forged_opens_nothing() {
        String email = address();
        signUp(email, Person.PASSWORD);
        String token = Mailbox.token(email, FINISH);
        Database.update("update pending_sign_up set expires_at = clock_timestamp() where email = ?", email);
        complete(token, Person.PASSWORD).statusCode(410);
        complete("x".repeat(64), Person.PASSWORD).statusCode(410);
        Person.nobody()
                .body(Map.of("token", token))
                .post("/api/v1/email-confirmations")
                .then()
                .statusCode(410);
    }

    @Test
    void one_address_gets_three_mails_an_hour() {
        String email = address();
        for (int i = 0; i < 5; i++)
            signUp(email, Person.PASSWORD).then().statusCode(202).body("validFor", is("PT24H"));
        Mailbox.nth(3, email, FINISH);
        assertEquals(List.of("3"), Database.texts("select count(*) from pending_sign_up where email = ?", email));
    }

    @Test
    void where_nothing_sends_to_phones_nobody_is_asked_to_prove_one() {
        Person ada = opened();
        ada.sends(Map.of("phone", "+4930123456", "password", Person.PASSWORD))
                .put("/api/v1/me/phone")
                .then()
                .statusCode(409)
                .body("code", is("phone-unavailable"));
        Eventually.holds(() -> assertEquals(
                List.of(), Database.texts("select 1 from verification where user_id = ?::uuid", ada.id())));
    }
}
