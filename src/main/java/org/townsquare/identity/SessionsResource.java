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
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Problem.Unauthorized;

@Path("/api/v1/sessions")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
class SessionsResource {
    private final Passwords passwords;
    private final Caller caller;
    private final Journal journal;
    private final Clock clock;

    SessionsResource(Passwords passwords, Caller caller, Journal journal, Clock clock) {
        this.passwords = passwords;
        this.caller = caller;
        this.journal = journal;
        this.clock = clock;
    }

    /** Problems: {@code credentials-invalid}, {@code busy}. */
    @POST
    @PermitAll
    @OwnTransaction("the password is hashed while no connection is held")
    @Operation(operationId = "signIn", summary = "Sign in: open a session")
    @APIResponse(
            responseCode = "201",
            description = "The user and the session",
            content = @Content(schema = @Schema(implementation = SignedInView.class)))
    public Uni<RestResponse<SignedInView>> signIn(@Valid SignIn in) {
        return Panache.withSession(() -> Account.ofEmail(in.email()))
                .chain(account -> passwords
                        .matches(in.password(), account == null ? null : account.passwordHash)
                        .map(matches -> require(matches, account)))
                .chain(userId -> Panache.withTransaction(() -> open(userId)));
    }

    private static UUID require(boolean matches, @Nullable Account account) {
        if (!matches || account == null)
            throw new Unauthorized("credentials-invalid", "The e-mail or the password is wrong.");
        return account.userId;
    }

    private Uni<RestResponse<SignedInView>> open(UUID userId) {
        Token token = Token.random();
        Session session = Session.open(userId, token, clock.instant());
        return User.signedIn(userId)
                .call(() -> session.persist())
                .call(() -> journal.record(caller.as(userId), session.signedIn()))
                .map(user -> SignedInView.created(user, token, session));
    }
}
