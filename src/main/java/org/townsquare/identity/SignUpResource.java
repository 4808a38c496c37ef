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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/sign-ups")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
class SignUpResource {
    private final Passwords passwords;
    private final Caller caller;
    private final Journal journal;
    private final Clock clock;

    SignUpResource(Passwords passwords, Caller caller, Journal journal, Clock clock) {
        this.passwords = passwords;
        this.caller = caller;
        this.journal = journal;
        this.clock = clock;
    }

    /** Problems: {@code email-taken}, {@code busy}. */
    @POST
    @PermitAll
    @OwnTransaction("the password is hashed before a connection is taken")
    @Operation(operationId = "signUp", summary = "Open an account and a first session")
    @APIResponse(
            responseCode = "201",
            description = "The account and its session",
            content = @Content(schema = @Schema(implementation = SignedInView.class)))
    public Uni<RestResponse<SignedInView>> signUp(@Valid SignUp in) {
        return passwords.hash(in.password()).chain(hash -> Panache.withTransaction(() -> open(User.signUp(in), hash)));
    }

    private Uni<RestResponse<SignedInView>> open(User user, String hash) {
        Token token = Token.random();
        Session session = Session.open(user.id, token, clock.instant());
        return user.persist()
                .call(() -> Account.password(user, hash).persist())
                .call(() -> session.persist())
                .call(() -> journal.record(caller.as(user.id), user.signedUp()))
                .map(saved -> SignedInView.created(user, token, session));
    }
}
