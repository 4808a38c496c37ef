package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.townsquare.journal.Fact;
import org.townsquare.journal.Follower;
import org.townsquare.journal.Recorded;
import org.townsquare.platform.MailRefused;
import org.townsquare.platform.Mailer;
import org.townsquare.platform.PhoneSender;
import org.townsquare.platform.PublicUrl;
import org.townsquare.platform.Statement;

/**
 * The mails of accounts: tokens to those who asked for them, and word to the owner of whatever happens to what guards the account. A fact has ids
 * alone; the address is read when the mail is written, the token derived from the id, and what is spent by then is left out.
 */
@ApplicationScoped
class IdentityMail implements Follower {
    private static final Logger LOG = Logger.getLogger(IdentityMail.class);

    private static final Statement OPEN = new Statement("""
            select v.id, v.target, v.purpose from verification v join users u on u.id = v.user_id
            where v.id = $1 and v.used_at is null and v.expires_at > clock_timestamp() and u.status = 'ACTIVE'""");

    private static final Statement CHANGED = new Statement("select target, former from verification where id = $1");
    private static final Statement OWNER = new Statement("select email from users where id = $1 and email is not null");
    private static final Statement PENDING = new Statement("""
            select p.id, p.email, exists (select from users u where lower(u.email) = lower(p.email)) as known
            from pending_sign_up p where p.id = $1 and p.expires_at > clock_timestamp()""");

    private static final Quota THROTTLED = new Quota(1, Duration.ofDays(1));

    private final Mailer mailer;
    private final PhoneSender phones;
    private final Pepper pepper;
    private final Throttle throttle;
    private final IdentityConfig config;
    private final String town;
    private final Map<Class<? extends Fact>, BiFunction<SqlConnection, Fact, Uni<Void>>> letters = new HashMap<>();

    IdentityMail(
            Mailer mailer,
            PhoneSender phones,
            Pepper pepper,
            Throttle throttle,
            IdentityConfig config,
            PublicUrl town) {
        this.mailer = mailer;
        this.phones = phones;
        this.pepper = pepper;
        this.throttle = throttle;
        this.config = config;
        this.town = town.origin();
        on(VerificationAsked.class, this::prove);
        on(SignUpAsked.class, this::signUp);
        on(EmailChanged.class, this::emailChanged);
        on(SignInsThrottled.class, this::throttled);
        tell(PhoneConfirmed.class, PhoneConfirmed::userId, "Your phone was changed", "A phone was confirmed as yours");
        tell(PasswordChanged.class, PasswordChanged::userId, "Your password was changed", "Your password was changed");
        tell(ApiKeyCreated.class, ApiKeyCreated::userId, "A new API key", "An API key of yours was made");
        tell(ApiKeyChanged.class, ApiKeyChanged::userId, "An API key was changed", "An API key of yours was changed");
        tell(ApiKeyRevoked.class, ApiKeyRevoked::userId, "An API key was revoked", "An API key of yours was revoked");
        tell(
                ApiKeysRevoked.class,
                ApiKeysRevoked::userId,
                "Your API keys were revoked",
                "All your API keys were revoked");
        tell(
                ErasureAsked.class,
                ErasureAsked::userId,
                "Your account will be erased",
                "In 14 days your account will be erased, unless you call that off before, which was asked for");
        tell(
                ErasureCalledOff.class,
                ErasureCalledOff::userId,
                "Your account stays",
                "The erasure of your account was called off");
        on(ImpersonationStarted.class, this::impersonated);
        on(ImpersonationEnded.class, this::impersonatedNoMore);
    }

    @Override
    public String name() {
        return "identity.mail";
    }

    @Override
    public Set<Class<? extends Fact>> follows() {
        return letters.keySet();
    }

    /** What was sent cannot be rolled back, so no more than one mail is ever sent again. */
    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public Uni<Void> on(SqlConnection transaction, List<Recorded> entries) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Recorded entry : entries)
            done = done.chain(
                    () -> Objects.requireNonNull(letters.get(entry.fact().getClass()), entry.kind())
                            .apply(transaction, entry.fact()));
        return done;
    }

    private <F extends Fact> void on(Class<F> kind, BiFunction<SqlConnection, F, Uni<Void>> act) {
        letters.put(kind, (transaction, fact) -> act.apply(transaction, kind.cast(fact)));
    }

    /** Mails the owner. */
    private <F extends Fact> void tell(Class<F> kind, Function<F, UUID> owner, String subject, String what) {
        on(kind, (transaction, fact) -> toOwner(transaction, owner.apply(fact), Letter.telling(subject, what, town)));
    }

    private Uni<Void> prove(SqlConnection transaction, VerificationAsked asked) {
        return OPEN.run(transaction, asked.verificationId()).chain(rows -> {
            if (rows.size() == 0) return nothing();
            Row row = rows.iterator().next();
            UUID id = row.getUUID("id");
            String target = row.getString("target");
            var purpose = VerificationPurpose.valueOf(row.getString("purpose"));
            String token = pepper.token(Verification.TABLE, id);
            return switch (purpose) {
                case EMAIL ->
                    send(target, asking("Confirm your e-mail", "You gave this address", "email", token, purpose));
                case EMAIL_CHANGE ->
                    send(
                            target,
                            asking("Confirm your new e-mail", "You want to use this address", "email", token, purpose));
                case PASSWORD_RESET ->
                    send(
                            target,
                            asking(
                                    "Set your password anew",
                                    "You want to set your password anew",
                                    "password",
                                    token,
                                    purpose));
                case PHONE ->
                    phones.send(
                            target,
                            pepper.code(Verification.TABLE, id) + " is your code at " + town + ", good for "
                                    + Letter.inWords(purpose.lifetime) + ".");
            };
        });
    }

    private Letter asking(String subject, String what, String act, String token, VerificationPurpose purpose) {
        return Letter.asking(subject, what, town, act, token, purpose.lifetime, config.links());
    }

    private Uni<Void> signUp(SqlConnection transaction, SignUpAsked asked) {
        return PENDING.run(transaction, asked.pendingSignUpId()).chain(rows -> {
            if (rows.size() == 0) return nothing();
            Row row = rows.iterator().next();
            String token = pepper.token(PendingSignUp.TABLE, row.getUUID("id"));
            return send(
                    row.getString("email"),
                    row.getBoolean("known")
                            ? new Letter(
                                    "You have an account",
                                    "Somebody, likely you, wanted to open an account with this address at " + town
                                            + ".\n\nThere is one: sign in, or set your password anew.\n\nIf it was not you, ignore this mail.\n")
                            : Letter.asking(
                                    "Finish your sign-up",
                                    "You asked for an account",
                                    town,
                                    "sign-up",
                                    token,
                                    PendingSignUp.LIFETIME,
                                    config.links()));
        });
    }

    /** Both addresses hear of it, first the one before: it belongs to whoever may have lost the account. */
    private Uni<Void> emailChanged(SqlConnection transaction, EmailChanged changed) {
        Letter letter = Letter.telling("Your e-mail was changed", "The e-mail of your account was changed", town);
        return CHANGED.run(transaction, changed.verificationId()).chain(rows -> {
            if (rows.size() == 0) return nothing();
            Row row = rows.iterator().next();
            String former = row.getString("former");
            return (former == null ? nothing() : send(former, letter))
                    .chain(() -> send(row.getString("target"), letter));
        });
    }

    private Uni<Void> throttled(SqlConnection transaction, SignInsThrottled fact) {
        var bucket = pepper.hmac("mail-of-throttled", fact.userId().toString());
        Letter letter = new Letter(
                "Wrong passwords for your account",
                "Somebody keeps trying to sign in to your account at " + town
                        + " with wrong passwords, from networks that you have not used.\n\nThey are held up, and you can go on signing in from your own networks. Nothing else is needed, if your password is a good one.\n");
        return throttle.take(transaction, bucket, THROTTLED)
                .chain(wait -> wait.isZero() ? toOwner(transaction, fact.userId(), letter) : nothing());
    }

    private Uni<Void> impersonated(SqlConnection transaction, ImpersonationStarted fact) {
        return toOwner(
                transaction,
                fact.userId(),
                new Letter(
                        "An admin acts as you",
                        "An admin of " + town
                                + " looks at your account as you do, for an hour at most. They can change nothing, and see neither your ballots nor your keys.\n\nYour sessions show who it is and why. You can end it there.\n"));
    }

    private Uni<Void> impersonatedNoMore(SqlConnection transaction, ImpersonationEnded fact) {
        return toOwner(
                transaction,
                fact.userId(),
                new Letter(
                        "An admin no longer acts as you",
                        "The admin of " + town + " who looked at your account as you do does so no longer.\n"));
    }

    private Uni<Void> toOwner(SqlConnection transaction, UUID userId, Letter letter) {
        return OWNER.run(transaction, userId)
                .chain((RowSet<Row> rows) -> rows.size() == 0
                        ? nothing()
                        : send(rows.iterator().next().getString("email"), letter));
    }

    /** An address that takes no mail, which anybody can sign up with, holds up nobody else's. */
    private Uni<Void> send(String to, Letter letter) {
        return mailer.send(to, letter.subject(), letter.text())
                .onFailure(MailRefused.class)
                .invoke(e -> LOG.warnf("a mail was left out: %s", e.getMessage()))
                .onFailure(MailRefused.class)
                .recoverWithNull();
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
