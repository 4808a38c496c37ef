package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Actor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/password-resets/completion")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
class PasswordResetCompletionResource {
    private final Pepper pepper;
    private final Passwords passwords;
    private final NewPasswords newPasswords;
    private final PasswordTries tries;
    private final OpenSessions open;
    private final Caller caller;
    private final Repeats repeats;

    PasswordResetCompletionResource(
            Pepper pepper,
            Passwords passwords,
            NewPasswords newPasswords,
            PasswordTries tries,
            OpenSessions open,
            Caller caller,
            Repeats repeats) {
        this.pepper = pepper;
        this.passwords = passwords;
        this.newPasswords = newPasswords;
        this.tries = tries;
        this.open = open;
        this.caller = caller;
        this.repeats = repeats;
    }

    /** All sessions and API keys of the user end. A token that never was is refused before anything is hashed. Problems: {@code token-spent}, {@code password-too-common}, {@code busy}. */
    @POST
    @OncePerKey
    @PermitAll
    @OwnTransaction("the password is hashed before a connection is taken")
    @Access(Permission.ACCOUNT_OPEN)
    @Operation(
            operationId = "completePasswordReset",
            summary = "Set your password anew by the token that was sent to you")
    @APIResponse(responseCode = "204", description = "It is set; every session and API key has ended")
    @APIResponse(responseCode = "410")
    public Uni<Void> complete(@Valid CompletePasswordReset in) {
        UUID id = pepper.rowOf(Verification.TABLE, in.token()).orElseThrow(Verification::spent);
        return Panache.withSession(() -> User.resetting(id))
                .onItem()
                .ifNull()
                .failWith(Verification::spent)
                .invoke(user -> PasswordRule.require(in.password(), user.name, user.email))
                .call(user -> passwords.hash(in.password()).chain(hash -> repeats.withTransaction(() -> set(id, hash))))
                .chain(user -> tries.forgive(user.id));
    }

    private Uni<Void> set(UUID id, String hash) {
        return Verification.holdOwner(id)
                .call(user -> Verification.spend(id, VerificationPurpose.PASSWORD_RESET)
                        .invoke(user::requireAddress)
                        .chain(() -> newPasswords.set(caller.as(user.id, Actor.Credential.MAIL_TOKEN), user, hash))
                        // whoever knew the password before may have made one
                        .chain(() -> open.revokeKeys(caller.as(user.id, Actor.Credential.MAIL_TOKEN), user.id)))
                .replaceWithVoid();
    }
}
