package org.townsquare.web;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.events.EventEndpoints;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

/** The page of an event for those who run it, after an act or without one. */
@RequestScoped
class OrganisedEvent {
    private final Viewer viewer;
    private final EventEndpoints events;
    private final Pages pages;

    OrganisedEvent(Viewer viewer, EventEndpoints events, Pages pages) {
        this.viewer = viewer;
        this.events = events;
        this.pages = pages;
    }

    /** Carries out an act and shows what became of the event; where it was refused, what was typed as well. */
    Uni<RestResponse<String>> after(UUID eventId, Paging paging, Form form, Supplier<Uni<?>> act) {
        return pages.after(
                () -> act.get().replaceWith("/organise/events/" + eventId),
                (why, status) -> page(eventId, paging, status, form, why));
    }

    /** Within a session. Problems: {@code not-found}, {@code members-only}, {@code not-allowed}. */
    Uni<RestResponse<String>> page(UUID eventId, Paging paging, int status, Form form, @Nullable Throwable why) {
        return events.event(eventId)
                .invoke(event -> viewer.in(event.communityId()).require(Permission.EVENT_MANAGE))
                .chain(event -> events.attendances(eventId, paging)
                        .chain(roll -> pages.frameIn(event.communityId(), Style.DESK)
                                .chain(frame -> pages.shown(
                                        status,
                                        frame,
                                        Templates.event(
                                                frame,
                                                event,
                                                why == null ? roll : first(roll),
                                                form.refusedBy(why, frame.language()))))));
    }

    /** After an act there is no next page: its cursor would belong to the path of the act. */
    private static <T> Page<T> first(Page<T> page) {
        return new Page<>(page.items(), null);
    }
}
