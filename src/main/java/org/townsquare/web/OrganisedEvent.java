package org.townsquare.web;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.events.CheckInResult;
import org.townsquare.events.CheckInView;
import org.townsquare.events.EventEndpoints;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Ids;
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
        return pages.after(() -> act.get().replaceWith(path(eventId)), again(eventId, paging, form));
    }

    /** The same of somebody who is let in: the page says so, however long the roll is. */
    Uni<RestResponse<String>> afterLettingIn(UUID eventId, Paging paging, Form form, Supplier<Uni<CheckInView>> act) {
        return pages.after(
                () -> act.get()
                        .map(made -> path(eventId) + "?checkedIn=" + made.id()
                                + (made.result() == CheckInResult.ALREADY_CHECKED_IN ? "&already=true" : "")),
                again(eventId, paging, form));
    }

    private static String path(UUID eventId) {
        return "/organise/events/" + eventId;
    }

    private BiFunction<Throwable, Integer, Uni<RestResponse<String>>> again(UUID eventId, Paging paging, Form form) {
        return (why, status) -> page(eventId, paging, status, form, why, null);
    }

    /**
     * Within a session. Problems: {@code not-found}, {@code members-only}, {@code not-allowed}.
     *
     * @param checkedIn a check-in that was made just now; one that is none of this event is not spoken of
     */
    Uni<RestResponse<String>> page(UUID eventId, Paging paging, @Nullable UUID checkedIn, boolean already) {
        if (checkedIn == null) return page(eventId, paging, 200, Form.EMPTY, null, null);
        return events.attendance(eventId, checkedIn)
                .chain(row ->
                        page(eventId, paging, 200, Form.EMPTY, null, row == null ? null : new LetIn(row, already)));
    }

    private Uni<RestResponse<String>> page(
            UUID eventId, Paging paging, int status, Form form, @Nullable Throwable why, @Nullable LetIn letIn) {
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
                                                pages.refused(form, why, frame.language()),
                                                letIn,
                                                Ids.next())))));
    }

    /** After an act there is no next page: its cursor would belong to the path of the act. */
    private static <T> Page<T> first(Page<T> page) {
        return new Page<>(page.items(), null);
    }
}
