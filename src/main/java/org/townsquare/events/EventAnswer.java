package org.townsquare.events;

import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.PublicUrl;

/** How an event is shown to the viewer. */
@RequestScoped
class EventAnswer {
    private final Viewer viewer;
    private final Clock clock;
    private final PublicUrl url;

    EventAnswer(Viewer viewer, Clock clock, PublicUrl url) {
        this.viewer = viewer;
        this.clock = clock;
        this.url = url;
    }

    EventView view(Event event) {
        return EventView.of(event, viewer.in(event.communityId), url, clock.instant());
    }

    ResponseBuilder<EventView> with(Status status, Event event) {
        return ResponseBuilder.create(status, view(event)).header("ETag", event.etag());
    }
}
