package org.townsquare.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
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

    /** Keeps what the service logs; the mail server of the test is none of it. */
    private static final class Ears extends Handler {
        private final Queue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord record) {
            if (String.valueOf(record.getLoggerName()).startsWith("com.icegreen")) return;
            String text = ExtLogRecord.wrap(record).getFormattedMessage();
            for (Throwable e = record.getThrown(); e != null; e = e.getCause()) text += " " + e;
            heard.add(text);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void no_address_token_code_or_password_is_ever_logged() {
        var ears = new Ears();
        ears.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(ears);
        try {
            Logger.getLogger("org.townsquare.test").warning("the handler hears");
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
            assertTrue(ears.heard.contains("the handler hears"));
            for (String secret : List.of(
                    ada.email(),
                    ada.name(),
                    token,
                    phone,
                    reset,
                    ada.token(),
                    Person.PASSWORD,
                    "marked-wrong-password",
                    "marked"))
                assertEquals(
                        List.of(),
                        ears.heard.stream()
                                .filter(it -> it.toLowerCase(java.util.Locale.ROOT)
                                        .contains(secret.toLowerCase(java.util.Locale.ROOT)))
                                .toList());
            assertEquals(
                    List.of(),
                    ears.heard.stream()
                            .filter(it -> it.matches("(?s).*\\b" + code + "\\b.*"))
                            .toList());
            assertEquals(
                    List.of("java.lang.IllegalStateException: the mail server refused a mail with 451"),
                    Database.texts("select error from dead_entry where follower = 'identity.mail'"));
        } finally {
            root.removeHandler(ears);
        }
    }
}
