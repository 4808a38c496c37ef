package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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

    MySessionResource(Caller caller, Journal journal) {
        this.caller = caller;
        this.journal = journal;
    }

    @DELETE
    @WithTransaction
    @Operation(operationId = "signOut", summary = "Sign out: end this session at once")
    @APIResponse(responseCode = "204", description = "It has ended")
    public Uni<Void> signOut() {
        SignedInUser user = caller.user();
        return Session.end(user.id(), user.sessionId())
                .chain(ended -> ended == 0
                        ? Uni.createFrom().voidItem()
                        : journal.record(caller, new SignedOut(user.id(), user.sessionId())));
    }
}
