package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/password-resets")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
class PasswordResetsResource {
    private final EvenTime evenTime;
    private final Proofs proofs;
    private final Caller caller;
    private final Repeats repeats;

    PasswordResetsResource(EvenTime evenTime, Proofs proofs, Caller caller, Repeats repeats) {
        this.evenTime = evenTime;
        this.proofs = proofs;
        this.caller = caller;
        this.repeats = repeats;
    }

    /** The same answer whoever has the address, and after the same time. */
    @POST
    @OncePerKey
    @PermitAll
    @OwnTransaction("what was counted stays counted")
    @Access(Permission.ACCOUNT_OPEN)
    @Operation(operationId = "askPasswordReset", summary = "Have a mail with which you can set your password anew")
    @APIResponse(
            responseCode = "202",
            description = "Where this address has an account, a token is sent there",
            content = @Content(schema = @Schema(implementation = SentView.class)))
    public Uni<RestResponse<SentView>> ask(@Valid AskPasswordReset in) {
        return evenTime.of(() -> Panache.withSession(() -> User.reachedAt(in.email()))
                .chain(user -> proofs.mayMail(user == null ? in.email() : Objects.requireNonNull(user.email))
                        .chain(may -> repeats.withTransaction(() -> (may && user != null
                                        ? ask(user.id)
                                        : Uni.createFrom().voidItem())
                                .replaceWith(() -> SentView.accepted(VerificationPurpose.PASSWORD_RESET))))));
    }

    private Uni<Void> ask(UUID userId) {
        return User.held(userId)
                .chain(user -> proofs.ask(
                        caller, user, VerificationPurpose.PASSWORD_RESET, Objects.requireNonNull(user.email)));
    }
}
