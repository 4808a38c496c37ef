package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Journal;

@Path("/api/v1/me/session")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MySessionResource {
    private final Caller caller;
    private final Journal journal;
    private final Clock clock;

    MySessionResource(Caller caller, Journal journal, Clock clock) {
        this.caller = caller;
        this.journal = journal;
        this.clock = clock;
    }

    @DELETE
    @WithTransaction
    @Access(Permission.ACCOUNT_SESSIONS)
    @Operation(operationId = "signOut", summary = "Sign out: end this session at once")
    @APIResponse(responseCode = "204", description = "It has ended")
    public Uni<Void> signOut() {
        SignedInUser user = caller.user();
        return Session.heldOrNull(user.id(), user.credentialId(), clock.instant())
                .chain(session -> session == null
                        ? Uni.createFrom().voidItem()
                        : journal.record(caller, session.signOut(clock.instant())));
    }
}
