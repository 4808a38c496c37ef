package org.townsquare.web;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.events.EventEndpoints;
import org.townsquare.events.EventView;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.PublicUrl;

/** What is projected in the hall: the symbol and the code while people may check in, else why not. Asks again every 10 s. */
@Path("/events/{eventId}/display")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class DisplayPageResource {
    private final EventEndpoints events;
    private final Pages pages;
    private final PublicUrl url;
    private final Clock clock;

    DisplayPageResource(EventEndpoints events, Pages pages, PublicUrl url, Clock clock) {
        this.events = events;
        this.pages = pages;
        this.url = url;
        this.clock = clock;
    }

    @GET
    @WithSession
    @Access(Permission.EVENT_MANAGE)
    public Uni<RestResponse<String>> show(UUID eventId) {
        return events.event(eventId)
                .chain(event -> events.qr(eventId)
                        .chain(qr -> pages.frameIn(event.communityId(), Style.DISPLAY)
                                .chain(frame -> pages.shown(
                                        200,
                                        frame,
                                        Templates.display(frame, projection(event, qr, frame.language()))))));
    }

    private Projection projection(EventView event, String qr, Language language) {
        return Projection.of(event, qr, url.origin().replaceFirst("^https?://", "") + "/c", language, clock.instant());
    }
}
