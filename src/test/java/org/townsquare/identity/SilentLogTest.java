package org.townsquare.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Ears;
import org.townsquare.town.Eventually;
import org.townsquare.town.Mailbox;
import org.townsquare.town.Person;

@QuarkusTest
@QuarkusTestResource(Database.class)
class SilentLogTest {
    /** Everybody in the tests calls from one network, which has a limit of mails. */
    @BeforeEach
    void forgetWhatOthersTried() {
        var unused = Database.update("delete from throttle");
    }

    @Test
    void no_address_token_code_or_password_is_ever_logged() {
        try (Ears ears = Ears.open()) {
            Person ada = Person.named("Marked-" + Person.unique());
            String token = Mailbox.token(ada.email(), EmailProofTest.CONFIRM);
            EmailProofTest.confirm(token).statusCode(204);
            EmailProofTest.confirm(token).statusCode(410);
            SignInTest.signIn(ada.email(), "marked-wrong-password").statusCode(401);
            SignInTest.signIn("not an e-mail, marked", "marked-wrong-password").statusCode(401);
            String phone = "+49" + Math.floorMod(ada.email().hashCode(), 1_000_000) + "5550001";
            ada.sends(Map.of("phone", phone, "password", Person.PASSWORD)).put("/api/v1/me/phone");
            String code = Mailbox.code(1, phone);
            PasswordTest.askReset(ada.email()).statusCode(202);
            String reset = Mailbox.token(ada.email(), PasswordTest.RESET);
            for (String address : List.of("full-" + ada.email(), "fr\u00e4nzi-" + ada.email()))
                Person.nobody()
                        .body(Map.of("name", "Refused", "email", address, "password", Person.PASSWORD))
                        .post("/api/v1/sign-ups")
                        .then()
                        .statusCode(201);
            // the one that is refused for now is tried for a quarter of a minute, then set aside
            Eventually.holds(
                    Duration.ofSeconds(60),
                    () -> assertEquals(
                            List.of("0"),
                            Database.texts(
                                    "select count(*) from journal_entry e join follower f on f.name = 'identity.mail' where e.kind = 'VerificationAsked' and (e.created_xid, e.id) > (f.created_xid, f.entry_id)")));
            ears.assertNothingOf(List.of(
                    ada.email(),
                    ada.name(),
                    token,
                    phone,
                    reset,
                    ada.token(),
                    Person.PASSWORD,
                    "marked-wrong-password",
                    "marked"));
            ears.assertNothingOfCode(code);
            assertEquals(
                    List.of("java.lang.IllegalStateException: the mail server refused a mail with 451"),
                    Database.texts("select error from dead_entry where follower = 'identity.mail'"));
        }
    }
}
