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
import org.townsquare.platform.Problem.NotFound;

@Path("/api/v1/me/impersonation")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyImpersonationResource {
    private final Caller caller;
    private final Journal journal;
    private final Clock clock;

    MyImpersonationResource(Caller caller, Journal journal, Clock clock) {
        this.caller = caller;
        this.journal = journal;
        this.clock = clock;
    }

    /** Problems: {@code not-found} for a session in which nobody acts as another. */
    @DELETE
    @WithTransaction
    @Access(Permission.ACCOUNT_IMPERSONATION)
    @Operation(operationId = "endImpersonation", summary = "No longer act as the user of this session")
    @APIResponse(responseCode = "204", description = "The session has ended")
    public Uni<Void> end() {
        SignedInUser user = caller.user();
        if (!user.isImpersonated()) throw new NotFound();
        return Session.heldBy(user.id(), user.credentialId(), clock.instant())
                .chain(session -> journal.record(caller, session.end(clock.instant())));
    }
}
