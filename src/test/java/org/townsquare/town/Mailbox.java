package org.townsquare.town;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/** The mail server that the service of a test sends to, over SMTP. Started beside {@link Database}. It refuses what goes to an address that begins with full-. */
public final class Mailbox {
    private static final Pattern TOKEN = Pattern.compile("(?m)^[A-Za-z0-9_-]{64}\\r?$");
    private static final Pattern CODE = Pattern.compile("(?m)^([0-9]{6}) ");
    /** Mails go out one after the other, and a test before may have signed up hundreds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static volatile GreenMail server = new GreenMail(new ServerSetup[0]);

    private Mailbox() {}

    /** A mail as it arrived. */
    public record Mail(String subject, String text) {}

    /** What the service needs to reach it. */
    static Map<String, String> start() {
        var started = new GreenMail(ServerSetup.SMTP.dynamicPort().setVerbose(false));
        started.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        started.start();
        // its own boxes are named by the hash of an address, which two may share
        var everybody = started.setUser("everybody@example.org", "everybody", "everybody");
        started.getUserManager().setMessageDeliveryHandler((mail, address) -> {
            if (address.getEmail().startsWith("full-"))
                throw new UserException("the mailbox of " + address + " is full");
            return everybody;
        });
        server = started;
        return Map.of(
                "quarkus.mailer.mock",
                "false",
                "quarkus.mailer.host",
                "127.0.0.1",
                "quarkus.mailer.port",
                String.valueOf(started.getSmtp().getPort()),
                "quarkus.mailer.start-tls",
                "DISABLED");
    }

    static void stop() {
        server.stop();
    }

    /** What has come to this address, oldest first. */
    public static List<Mail> of(String email) {
        var mails = new ArrayList<Mail>();
        for (MimeMessage message : server.getReceivedMessages()) {
            try {
                if (List.of(Objects.requireNonNull(message.getAllRecipients()))
                        .toString()
                        .equalsIgnoreCase("[" + email + "]"))
                    mails.add(
                            new Mail(message.getSubject(), message.getContent().toString()));
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return mails;
    }

    /** The newest mail to this address with this subject, once there are so many of them. */
    public static Mail nth(int count, String email, String subject) {
        var found = new AtomicReference<Mail>();
        Eventually.holds(PATIENCE, () -> {
            var mails = of(email).stream()
                    .filter(mail -> mail.subject().equals(subject))
                    .toList();
            Assertions.assertTrue(
                    mails.size() >= count,
                    () -> mails.size() + " mails of that subject, not " + count + ", among " + of(email));
            found.set(mails.get(mails.size() - 1));
        });
        return found.get();
    }

    /** The single-use token in it. */
    public static String token(String email, String subject) {
        return token(1, email, subject);
    }

    /** The one of the newest mail, once there are so many. */
    public static String token(int count, String email, String subject) {
        return first(TOKEN, nth(count, email, subject)).strip();
    }

    /** The code that was sent to a phone, once there are so many. */
    public static String code(int count, String phone) {
        return first(CODE, nth(count, phone + "@phone.invalid", "Text message")).strip();
    }

    private static String first(Pattern pattern, Mail mail) {
        Matcher match = pattern.matcher(mail.text());
        Assertions.assertTrue(match.find(), mail.text());
        return match.group();
    }
}
