package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/event-codes/{code}")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class EventCodeCardResource {
    private final Viewer viewer;
    private final CheckIn checkIn;
    private final Clock clock;

    EventCodeCardResource(Viewer viewer, CheckIn checkIn, Clock clock) {
        this.viewer = viewer;
        this.checkIn = checkIn;
        this.clock = clock;
    }

    /** Problems: {@code code-malformed}, {@code code-unknown}, {@code too-many-tries}. */
    @GET
    @OwnTransaction("a wrong code is counted while no connection is held")
    @Access(Permission.EVENT_READ)
    @Operation(
            operationId = "readEventByCode",
            summary = "What a code leads to, before one checks in; never who is there")
    @APIResponse(responseCode = "200", description = "The event")
    @APIResponse(responseCode = "422")
    @APIResponse(responseCode = "429")
    public Uni<EventCard> read(String code) {
        return Uni.createFrom().deferred(() -> checkIn.counted(viewer, () -> card(code)));
    }

    /** The deadline and the session are those of this method. */
    @WithSession
    Uni<EventCard> card(String code) {
        return Event.card(viewer, code, clock.instant());
    }
}
