package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.PUT;
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
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/me/password")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyPasswordResource {
    private final FreshProof proof;
    private final Passwords passwords;
    private final NewPasswords newPasswords;
    private final NewSession sessions;
    private final Caller caller;
    private final Repeats repeats;
    private final Clock clock;

    MyPasswordResource(
            FreshProof proof,
            Passwords passwords,
            NewPasswords newPasswords,
            NewSession sessions,
            Caller caller,
            Repeats repeats,
            Clock clock) {
        this.proof = proof;
        this.passwords = passwords;
        this.newPasswords = newPasswords;
        this.sessions = sessions;
        this.caller = caller;
        this.repeats = repeats;
        this.clock = clock;
    }

    /** All sessions end, and this one goes on with the token of the answer, unless it ended meanwhile. Problems: {@code credentials-invalid}, {@code proof-needed}, {@code password-too-common}, {@code too-many-tries}, {@code busy}. */
    @PUT
    @OwnTransaction("the password is hashed while no connection is held")
    @Access(Permission.ACCOUNT_EDIT)
    @Operation(
            operationId = "changePassword",
            summary = "Change your password: every session ends, this one gets a new token")
    @APIResponse(
            responseCode = "200",
            description = "The session that takes the place of this one",
            content = @Content(schema = @Schema(implementation = SignedInView.class)))
    @APIResponse(responseCode = "429")
    public Uni<RestResponse<SignedInView>> change(@Valid ChangePassword in) {
        SignedInUser me = caller.user();
        return proof.require(me, in.current())
                .chain(() -> Panache.withSession(() -> User.signedIn(me.id())))
                .invoke(user -> PasswordRule.require(in.password(), user.name, user.email))
                .chain(() -> passwords.hash(in.password()))
                .chain(hash -> repeats.withTransaction(() -> User.heldInUse(me.id())
                        .call(() -> Session.heldStillOpen(me, clock.instant()))
                        .call(user -> newPasswords.set(caller, user, hash))
                        .chain(sessions::of)
                        .map(opened -> opened.answer(RestResponse.Status.OK))));
    }
}
