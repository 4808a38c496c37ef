package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/sign-ups")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
class SignUpResource {
    /** An event hall signs up behind one address. */
    private static final Quota OF_NETWORK = new Quota(5_000, Duration.ofHours(1));

    private final IdentityConfig config;
    private final Throttle throttle;
    private final Pepper pepper;
    private final Passwords passwords;
    private final NewAccount accounts;
    private final Proofs proofs;
    private final Caller caller;
    private final Journal journal;
    private final Repeats repeats;
    private final Clock clock;

    SignUpResource(
            IdentityConfig config,
            Throttle throttle,
            Pepper pepper,
            Passwords passwords,
            NewAccount accounts,
            Proofs proofs,
            Caller caller,
            Journal journal,
            Repeats repeats,
            Clock clock) {
        this.config = config;
        this.throttle = throttle;
        this.pepper = pepper;
        this.passwords = passwords;
        this.accounts = accounts;
        this.proofs = proofs;
        this.caller = caller;
        this.journal = journal;
        this.repeats = repeats;
        this.clock = clock;
    }

    /** Problems: {@code email-taken}, {@code password-too-common}, {@code too-many-tries}, {@code busy}. */
    @POST
    @OncePerKey(showsSecret = true)
    @PermitAll
    @OwnTransaction("the password is hashed before a connection is taken")
    @Access(Permission.ACCOUNT_OPEN)
    @Operation(operationId = "signUp", summary = "Open an account and a first session")
    @APIResponse(
            responseCode = "201",
            description = "The account and its session",
            content = @Content(schema = @Schema(implementation = SignedInView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Where the installation wants proof of the e-mail first: a mail says how to go on",
            content = @Content(schema = @Schema(implementation = SentView.class)))
    @APIResponse(responseCode = "429")
    public Uni<RestResponse<? extends SignUpAnswer>> signUp(@Valid SignUp in) {
        PasswordRule.require(in.password(), in.name(), in.email());
        return throttle.require(pepper.hmac("sign-ups", caller.network().text()), OF_NETWORK)
                .chain(() -> passwords.hash(in.password()))
                .chain(hash -> config.signUp() == SignUpMode.CONFIRM ? wait(in, hash) : open(in, hash));
    }

    private Uni<RestResponse<? extends SignUpAnswer>> open(SignUp in, String hash) {
        return repeats.withTransaction(() -> {
            User user = User.signUp(in);
            var by = caller.as(user.id);
            return accounts.of(user, hash)
                    .call(() -> journal.record(by, user.signedUp()))
                    .call(() -> proofs.ask(by, user, VerificationPurpose.EMAIL, Objects.requireNonNull(user.email)))
                    .map(SignedInView::created);
        });
    }

    /** Alike for every address: the mail that follows tells those who have an account from those who have none. */
    private Uni<RestResponse<? extends SignUpAnswer>> wait(SignUp in, String hash) {
        PendingSignUp pending = PendingSignUp.of(in, hash, clock.instant());
        return proofs.mayMailWherever(in.email())
                .chain(may -> repeats.withTransaction(() -> (may
                                ? pending.persist().chain(() -> journal.record(caller, pending.asked()))
                                : Uni.createFrom().voidItem())
                        .replaceWith(() -> RestResponse.accepted(new SentView(PendingSignUp.LIFETIME)))));
    }
}
