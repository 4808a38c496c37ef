package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
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
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/me/email-verification")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyEmailVerificationResource {
    private final Proofs proofs;
    private final Caller caller;
    private final Repeats repeats;

    MyEmailVerificationResource(Proofs proofs, Caller caller, Repeats repeats) {
        this.proofs = proofs;
        this.caller = caller;
        this.repeats = repeats;
    }

    /** Problems: {@code email-confirmed-already}. */
    @POST
    @OncePerKey
    @OwnTransaction("what was counted stays counted")
    @Access(Permission.ACCOUNT_EDIT)
    @Operation(operationId = "verifyEmail", summary = "Have another mail with a token that proves your e-mail")
    @APIResponse(
            responseCode = "202",
            description = "A token is sent to your address",
            content = @Content(schema = @Schema(implementation = SentView.class)))
    public Uni<RestResponse<SentView>> ask() {
        SignedInUser user = caller.user();
        return Panache.withSession(() -> User.signedIn(user.id()))
                .map(User::unconfirmedEmail)
                .chain(proofs::mayMail)
                .chain(may -> repeats.withTransaction(
                        () -> (may ? ask(user.id()) : Uni.createFrom().voidItem())
                                .replaceWith(() -> SentView.accepted(VerificationPurpose.EMAIL))));
    }

    private Uni<Void> ask(UUID userId) {
        return User.heldInUse(userId)
                .chain(user -> proofs.ask(caller, user, VerificationPurpose.EMAIL, user.unconfirmedEmail()));
    }
}
