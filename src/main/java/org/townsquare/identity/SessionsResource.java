package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Problem.Unauthorized;
import org.townsquare.platform.Repeats;

@Path("/api/v1/sessions")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
class SessionsResource {
    private final PasswordTries tries;
    private final Passwords passwords;
    private final NewSession sessions;
    private final Caller caller;
    private final Journal journal;
    private final Repeats repeats;

    SessionsResource(
            PasswordTries tries,
            Passwords passwords,
            NewSession sessions,
            Caller caller,
            Journal journal,
            Repeats repeats) {
        this.tries = tries;
        this.passwords = passwords;
        this.sessions = sessions;
        this.caller = caller;
        this.journal = journal;
        this.repeats = repeats;
    }

    /** Problems: {@code credentials-invalid}, {@code too-many-tries}, {@code busy}. */
    @POST
    @OncePerKey(showsSecret = true)
    @PermitAll
    @OwnTransaction("the password is hashed while no connection is held")
    @Access(Permission.ACCOUNT_OPEN)
    @Operation(operationId = "signIn", summary = "Sign in: open a session")
    @APIResponse(
            responseCode = "201",
            description = "The user and the session",
            content = @Content(schema = @Schema(implementation = SignedInView.class)))
    @APIResponse(responseCode = "429")
    public Uni<RestResponse<SignedInView>> signIn(@Valid SignIn in) {
        return tries.ofEmail(in.email())
                .chain(asked -> tries.matches(asked, in.password())
                        .map(matches -> require(matches, asked))
                        .chain(userId -> passwords
                                .renewed(in.password(), asked.hash())
                                .chain(renewed -> repeats.withTransaction(() -> open(userId, asked.hash(), renewed)))));
    }

    private static UUID require(boolean matches, PasswordTries.Asked asked) {
        UUID userId = asked.userId();
        if (!matches || userId == null) throw invalid();
        return userId;
    }

    /** The password that matched may have been changed meanwhile: then it opens nothing. */
    private Uni<RestResponse<SignedInView>> open(UUID userId, @Nullable String hash, @Nullable String renewed) {
        return User.signingIn(userId)
                .onItem()
                .ifNull()
                .failWith(SessionsResource::invalid)
                .call(user -> Account.ofUser(userId).invoke(account -> {
                    if (account == null || !account.stillHas(hash)) throw invalid();
                    if (renewed != null) account.setPassword(renewed);
                }))
                .chain(sessions::of)
                .call(opened ->
                        journal.record(caller.as(userId), opened.session().signedIn()))
                .map(SignedInView::created);
    }

    private static Unauthorized invalid() {
        return new Unauthorized("credentials-invalid", "The e-mail or the password is wrong.");
    }
}
