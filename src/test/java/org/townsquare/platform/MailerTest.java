package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailerTest {
    private static final String ADDRESS = "ada@example.org";

    private static Throwable answered(int code) {
        return Mailer.withoutAddress(new SMTPException(
                "recipient address not accepted: " + ADDRESS, code, List.of(code + " " + ADDRESS), false));
    }

    @Test
    void what_the_server_refuses_for_good_is_not_tried_again() {
        assertEquals(MailRefused.class, answered(550).getClass());
        assertEquals("the mail server refused a mail with 550", answered(550).getMessage());
        assertEquals(
                MailRefused.class,
                Mailer.withoutAddress(new IllegalArgumentException("invalid " + ADDRESS))
                        .getClass());
    }

    @Test
    void what_it_refuses_for_now_is() {
        assertEquals(IllegalStateException.class, answered(451).getClass());
    }

    @Test
    void a_server_that_is_away_is_waited_for() {
        for (Throwable away : List.of(
                answered(421),
                Mailer.withoutAddress(new ConnectException("refused for " + ADDRESS)),
                Mailer.withoutAddress(new NoRouteToHostException("for " + ADDRESS)))) {
            assertEquals(ConnectException.class, away.getClass());
            assertTrue(Outage.isOfTheConnection(away));
        }
    }

    @Test
    void a_mail_that_takes_too_long_is_to_blame_itself() {
        Throwable slow = Mailer.withoutAddress(new TimeoutException());
        assertEquals(IllegalStateException.class, slow.getClass());
        assertFalse(Outage.isOfTheConnection(slow));
    }

    @Test
    void no_failure_names_the_address() {
        for (Throwable e : List.of(
                answered(550),
                answered(451),
                answered(421),
                Mailer.withoutAddress(new IOException(ADDRESS)),
                Mailer.withoutAddress(new IllegalStateException(new IllegalArgumentException(ADDRESS)))))
            for (Throwable cause = e; cause != null; cause = cause.getCause())
                assertFalse(cause.toString().contains(ADDRESS), cause.toString());
    }
}
