package org.townsquare.web;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.events.EventEndpoints;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

/** Whom to check in, by a part of the name. */
@Path("/organise/events/{eventId}/participants")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class ParticipantsPageResource {
    private final Viewer viewer;
    private final EventEndpoints events;
    private final Pages pages;

    ParticipantsPageResource(Viewer viewer, EventEndpoints events, Pages pages) {
        this.viewer = viewer;
        this.events = events;
        this.pages = pages;
    }

    @GET
    @WithSession
    @Access(Permission.ATTENDANCE_CORRECT)
    public Uni<RestResponse<String>> find(UUID eventId, @QueryParam("name") @Nullable String name) {
        return events.event(eventId)
                .invoke(event -> viewer.in(event.communityId()).require(Permission.ATTENDANCE_CORRECT))
                .chain(event -> events.participants(eventId, name)
                        .chain(found -> pages.frameIn(event.communityId(), Style.DESK)
                                .chain(frame -> pages.shown(
                                        200, frame, Templates.participants(frame, event, found.items(), Form.EMPTY)))));
    }
}
