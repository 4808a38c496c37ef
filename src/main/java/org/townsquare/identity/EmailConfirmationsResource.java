package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/email-confirmations")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
class EmailConfirmationsResource {
    private final Pepper pepper;
    private final Caller caller;
    private final Journal journal;
    private final Bootstrap bootstrap;
    private final Clock clock;

    EmailConfirmationsResource(Pepper pepper, Caller caller, Journal journal, Bootstrap bootstrap, Clock clock) {
        this.pepper = pepper;
        this.caller = caller;
        this.journal = journal;
        this.bootstrap = bootstrap;
        this.clock = clock;
    }

    /** Whoever has the token needs no session. Problems: {@code token-spent}, {@code email-taken}. */
    @POST
    @OncePerKey
    @PermitAll
    @WithTransaction
    @Access(Permission.ACCOUNT_OPEN)
    @Operation(operationId = "confirmEmail", summary = "Prove an e-mail by the token that was sent there")
    @APIResponse(responseCode = "204", description = "It is proved, and where it was to replace another it has")
    @APIResponse(responseCode = "410")
    public Uni<Void> confirm(@Valid ConfirmEmail in) {
        UUID id = pepper.rowOf(Verification.TABLE, in.token()).orElseThrow(Verification::spent);
        return bootstrap
                .lock()
                .chain(() -> Verification.holdOwner(id))
                .chain(user -> Verification.spend(id, VerificationPurpose.EMAIL, VerificationPurpose.EMAIL_CHANGE)
                        .chain(proved -> journal.record(
                                caller.as(user.id, Actor.Credential.MAIL_TOKEN),
                                user.proveEmail(proved, clock.instant()))))
                .chain(bootstrap::promote);
    }
}
