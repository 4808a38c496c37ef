package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/me/sessions")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MySessionsResource {
    private final Caller caller;
    private final OpenSessions open;
    private final Clock clock;

    MySessionsResource(Caller caller, OpenSessions open, Clock clock) {
        this.caller = caller;
        this.open = open;
        this.clock = clock;
    }

    @GET
    @WithSession
    @Access(Permission.ACCOUNT_SESSIONS)
    @Operation(
            operationId = "listMySessions",
            summary = "List your open sessions, also those in which an admin acts as you")
    @APIResponse(responseCode = "200", description = "A page of sessions, newest first")
    public Uni<RestResponse<Page<SessionView>>> list(@BeanParam Paging paging) {
        SignedInUser user = caller.user();
        return Session.page(user.id(), paging, clock.instant())
                .chain(rows -> SessionView.of(rows, user.credentialId(), caller.device()))
                .map(rows -> paging.answer(rows, row -> Cursor.of(row.id())));
    }

    @DELETE
    @WithTransaction
    @Access(Permission.ACCOUNT_SESSIONS)
    @Operation(operationId = "endOtherSessions", summary = "End all your sessions but this one, at once")
    @APIResponse(responseCode = "204", description = "They have ended")
    public Uni<Void> endOthers() {
        SignedInUser user = caller.user();
        return open.end(caller, user.id(), user.credentialId());
    }
}
