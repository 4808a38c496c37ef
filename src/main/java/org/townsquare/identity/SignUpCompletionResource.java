package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Problem.Unauthorized;
import org.townsquare.platform.Repeats;

@Path("/api/v1/sign-ups/completion")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
class SignUpCompletionResource {
    private final Pepper pepper;
    private final Throttle throttle;
    private final Passwords passwords;
    private final NewAccount accounts;
    private final Caller caller;
    private final Journal journal;
    private final Repeats repeats;
    private final Clock clock;

    SignUpCompletionResource(
            Pepper pepper,
            Throttle throttle,
            Passwords passwords,
            NewAccount accounts,
            Caller caller,
            Journal journal,
            Repeats repeats,
            Clock clock) {
        this.pepper = pepper;
        this.throttle = throttle;
        this.passwords = passwords;
        this.accounts = accounts;
        this.caller = caller;
        this.journal = journal;
        this.repeats = repeats;
        this.clock = clock;
    }

    /**
     * The password is that of the sign-up: whoever owns the address confirms nobody else's. Problems: {@code token-spent}, {@code credentials-invalid},
     * {@code email-taken}, {@code too-many-tries}, {@code busy}.
     */
    @POST
    @OncePerKey(showsSecret = true)
    @PermitAll
    @OwnTransaction("the password is hashed while no connection is held")
    @Access(Permission.ACCOUNT_OPEN)
    @Operation(
            operationId = "completeSignUp",
            summary = "Open the account that was asked for, with the token of the mail")
    @APIResponse(
            responseCode = "201",
            description = "The account and its session",
            content = @Content(schema = @Schema(implementation = SignedInView.class)))
    @APIResponse(responseCode = "410")
    @APIResponse(responseCode = "429")
    public Uni<RestResponse<SignedInView>> complete(@Valid CompleteSignUp in) {
        UUID id = pepper.rowOf(PendingSignUp.TABLE, in.token()).orElseThrow(Verification::spent);
        return Panache.withSession(() -> PendingSignUp.waiting(id))
                .onItem()
                .ifNull()
                .failWith(Verification::spent)
                .call(() -> throttle.requireTry(pepper.hmac("sign-up-completion", id.toString())))
                .call(pending -> passwords
                        .matches(in.password(), pending.passwordHash)
                        .invoke(matches -> {
                            if (!matches)
                                throw new Unauthorized(
                                        "credentials-invalid",
                                        "It is not the password that the sign-up was made with.");
                        }))
                .chain(pending -> repeats.withTransaction(() -> open(pending)));
    }

    private Uni<RestResponse<SignedInView>> open(PendingSignUp pending) {
        User user = User.signUp(pending, clock.instant());
        return PendingSignUp.finish(pending.id)
                .chain(() -> accounts.of(user, pending.passwordHash))
                .call(() ->
                        journal.record(caller.as(user.id, Actor.Credential.MAIL_TOKEN), user.signedUpAndConfirmed()))
                .map(SignedInView::created);
    }
}
