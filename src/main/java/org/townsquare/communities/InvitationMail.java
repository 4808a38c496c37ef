package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.townsquare.journal.Fact;
import org.townsquare.journal.Follower;
import org.townsquare.journal.Recorded;
import org.townsquare.platform.MailRefused;
import org.townsquare.platform.Mailer;
import org.townsquare.platform.Statement;

/** Mails the invitations that are for an address, while they are open. */
@ApplicationScoped
class InvitationMail implements Follower {
    private static final Logger LOG = Logger.getLogger(InvitationMail.class);

    private static final Statement OPEN = Statement.of(InvitationMail.class, "open-invitation.sql");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final Mailer mailer;
    private final InvitationTokens tokens;

    InvitationMail(Mailer mailer, InvitationTokens tokens) {
        this.mailer = mailer;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "communities.invitation-mail";
    }

    @Override
    public Set<Class<? extends Fact>> follows() {
        return Set.of(InvitationSent.class);
    }

    /** What was sent cannot be rolled back, so no more than one mail is ever sent again, and none waits for others longer than a transaction may last. */
    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public Uni<Void> on(SqlConnection transaction, List<Recorded> entries) {
        Uni<Void> sent = Uni.createFrom().voidItem();
        for (Recorded entry : entries)
            if (((InvitationSent) entry.fact()).byMail()) sent = sent.chain(() -> send(transaction, entry.subjectId()));
        return sent;
    }

    private Uni<Void> send(SqlConnection transaction, UUID invitationId) {
        return OPEN.run(transaction, invitationId).chain(rows -> {
            if (rows.size() == 0) return Uni.createFrom().voidItem();
            Row row = rows.iterator().next();
            String community = line(row.getString("community"));
            return mailer.send(row.getString("email"), "Invitation to " + community, text(row, community))
                    // an address that takes no mail, which anybody can invite, holds up nobody else's
                    .onFailure(MailRefused.class)
                    .invoke(e -> LOG.warnf("an invitation was not mailed: %s", e.getMessage()))
                    .onFailure(MailRefused.class)
                    .recoverWithNull();
        });
    }

    private String text(Row row, String community) {
        OffsetDateTime end = row.getOffsetDateTime("expires_at").withOffsetSameInstant(ZoneOffset.UTC);
        return """
                Hello,

                %s invites you to the community %s.

                To accept, sign in and enter this token before %s:

                %s

                If you do not want to come, you need not do anything.
                """.formatted(
                        line(row.getString("inviter")),
                        community,
                        end.truncatedTo(ChronoUnit.MINUTES),
                        tokens.of(row.getUUID("id")));
    }

    /** A name is one line of a mail, whatever it holds. */
    private static String line(String name) {
        return CONTROL.matcher(name).replaceAll(" ").strip();
    }
}
