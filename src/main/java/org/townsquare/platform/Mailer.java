package org.townsquare.platform;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Sends plain mail over SMTP ({@code quarkus.mailer.*}). Called by followers alone, who try again what fails; a request never waits for a mail server. */
@Singleton
public class Mailer {
    /** A follower's transaction is open meanwhile. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final ReactiveMailer mailer;
    private final Instance<DevMails> page;

    Mailer(ReactiveMailer mailer, Instance<DevMails> page) {
        this.mailer = mailer;
        this.page = page;
    }

    /**
     * Ends when the mail server has taken it, on the caller's context. Fails with a {@link ConnectException} while no connection to a server is had,
     * with {@link MailRefused} where a further try would be in vain, and never with a text that names the address.
     */
    public Uni<Void> send(String to, String subject, String text) {
        if (page.isResolvable()) page.get().keep(to, subject, text);
        Context context = Vertx.currentContext();
        Executor here = context == null ? Runnable::run : task -> context.runOnContext(nothing -> task.run());
        return mailer.send(Mail.withText(to, subject, text))
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .onFailure()
                .transform(Mailer::withoutAddress)
                .emitOn(here);
    }

    /** The words of a mail server repeat the address, and failures are logged. */
    static Throwable withoutAddress(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof SMTPException refused) return answered(refused);
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (Outage.isOfTheConnection(cause)) return noServer(e);
        // a server that is slow for one address is there for the others, so such a mail counts its tries
        if (e instanceof TimeoutException)
            return new IllegalStateException("the mail server took too long with a mail");
        if (e instanceof IllegalArgumentException) return new MailRefused("the address is none");
        return new IllegalStateException("a mail was not sent: " + e.getClass().getName());
    }

    /** 421: the server itself goes away. */
    private static Throwable answered(SMTPException refused) {
        String why = "the mail server refused a mail with " + refused.getReplyCode();
        if (refused.getReplyCode() == 421) return noServer(refused);
        return refused.isPermanent() ? new MailRefused(why) : new IllegalStateException(why);
    }

    private static ConnectException noServer(Throwable e) {
        return new ConnectException(
                "the mail server does not answer: " + e.getClass().getSimpleName());
    }
}
