package org.townsquare.identity;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.PUT;
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
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/me/email")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyEmailResource {
    private final FreshProof proof;
    private final Proofs proofs;
    private final Caller caller;
    private final Repeats repeats;

    MyEmailResource(FreshProof proof, Proofs proofs, Caller caller, Repeats repeats) {
        this.proof = proof;
        this.proofs = proofs;
        this.caller = caller;
        this.repeats = repeats;
    }

    /** The address changes when the token that is sent there comes back; whether it has an account is not told before. Problems: {@code proof-needed}, {@code too-many-tries}, {@code busy}. */
    @PUT
    @OwnTransaction("the password is hashed while no connection is held")
    @Access(Permission.ACCOUNT_EDIT)
    @Operation(operationId = "changeEmail", summary = "Have another e-mail, once you prove that it is yours")
    @APIResponse(
            responseCode = "202",
            description = "A token is sent to the new address",
            content = @Content(schema = @Schema(implementation = SentView.class)))
    @APIResponse(responseCode = "429")
    public Uni<RestResponse<SentView>> change(@Valid ChangeEmail in) {
        SignedInUser user = caller.user();
        return proof.require(user, in.password())
                .chain(() -> proofs.mayMail(in.email()))
                .chain(may ->
                        may ? ask(user.id(), in.email()) : Uni.createFrom().voidItem())
                .replaceWith(() -> SentView.accepted(VerificationPurpose.EMAIL_CHANGE));
    }

    private Uni<Void> ask(UUID userId, String email) {
        return repeats.withTransaction(() -> User.heldInUse(userId)
                .chain(user -> proofs.ask(caller, user, VerificationPurpose.EMAIL_CHANGE, email)));
    }
}
