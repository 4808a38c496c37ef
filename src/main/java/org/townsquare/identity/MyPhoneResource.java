package org.townsquare.identity;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.PhoneSender;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Repeats;

@Path("/api/v1/me/phone")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyPhoneResource {
    private static final Quota CODES = new Quota(5, Duration.ofDays(1));

    private final PhoneSender sender;
    private final FreshProof proof;
    private final Throttle throttle;
    private final Pepper pepper;
    private final Proofs proofs;
    private final Caller caller;
    private final Repeats repeats;

    MyPhoneResource(
            PhoneSender sender,
            FreshProof proof,
            Throttle throttle,
            Pepper pepper,
            Proofs proofs,
            Caller caller,
            Repeats repeats) {
        this.sender = sender;
        this.proof = proof;
        this.throttle = throttle;
        this.pepper = pepper;
        this.proofs = proofs;
        this.caller = caller;
        this.repeats = repeats;
    }

    /** Problems: {@code phone-unavailable}, {@code proof-needed}, {@code too-many-tries}, {@code busy}. */
    @PUT
    @OwnTransaction("the password is hashed while no connection is held")
    @Access(Permission.ACCOUNT_EDIT)
    @Operation(operationId = "changePhone", summary = "Have a phone or another one, once you prove that it is yours")
    @APIResponse(
            responseCode = "202",
            description = "A code of six digits is sent to it",
            content = @Content(schema = @Schema(implementation = SentView.class)))
    @APIResponse(responseCode = "429")
    public Uni<RestResponse<SentView>> change(@Valid ChangePhone in) {
        SignedInUser user = caller.user();
        if (!sender.isReady())
            throw new Conflict("phone-unavailable", "This installation sends no messages to phones.");
        return proof.require(user, in.password())
                .chain(() ->
                        throttle.require(pepper.hmac("phone-codes", user.id().toString()), CODES))
                .chain(() -> repeats.withTransaction(() -> User.heldInUse(user.id())
                        .chain(it -> proofs.ask(caller, it, VerificationPurpose.PHONE, in.phone()))))
                .replaceWith(() -> SentView.accepted(VerificationPurpose.PHONE));
    }
}
