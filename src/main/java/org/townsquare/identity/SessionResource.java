package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Journal;

@Path("/api/v1/sessions/{sessionId}")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class SessionResource {
    private final Caller caller;
    private final Journal journal;
    private final Clock clock;

    SessionResource(Caller caller, Journal journal, Clock clock) {
        this.caller = caller;
        this.journal = journal;
        this.clock = clock;
    }

    /** Problems: {@code not-found}. */
    @DELETE
    @WithTransaction
    @Access(Permission.ACCOUNT_SESSIONS)
    @Operation(operationId = "endSession", summary = "End one of your sessions, at once")
    @APIResponse(responseCode = "204", description = "It has ended")
    public Uni<Void> end(UUID sessionId) {
        return Session.heldBy(caller.user().id(), sessionId, clock.instant())
                .chain(session -> journal.record(caller, session.end(clock.instant())));
    }
}
