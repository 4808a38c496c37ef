package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

/**
 * The operations of this feature for the pages, which call them in process: with the same finders, rights, checks of what was sent, transactions and
 * journal as over HTTP.
 */
@ApplicationScoped
public class EventEndpoints {
    private final Viewer viewer;
    private final EventGroupsResource groups;
    private final EventGroupResource group;
    private final GroupEventsResource events;
    private final EventResource event;
    private final EventClosureResource closure;
    private final EventReopeningResource reopening;
    private final EventCancellationResource cancellation;
    private final EventAttendancesResource attendances;
    private final EventQrSvgResource qr;
    private final EventCodeResource newCode;
    private final EventWalkInsResource walkIns;
    private final EventCheckInsResource checkIns;
    private final EventParticipantsResource participants;
    private final CheckInResource checkIn;
    private final CheckInVoidingResource voiding;
    private final CheckInClaimResource claim;

    EventEndpoints(
            Viewer viewer,
            EventGroupsResource groups,
            EventGroupResource group,
            GroupEventsResource events,
            EventResource event,
            EventClosureResource closure,
            EventReopeningResource reopening,
            EventCancellationResource cancellation,
            EventAttendancesResource attendances,
            EventQrSvgResource qr,
            EventCodeResource newCode,
            EventWalkInsResource walkIns,
            EventCheckInsResource checkIns,
            EventParticipantsResource participants,
            CheckInResource checkIn,
            CheckInVoidingResource voiding,
            CheckInClaimResource claim) {
        this.viewer = viewer;
        this.groups = groups;
        this.group = group;
        this.events = events;
        this.event = event;
        this.closure = closure;
        this.reopening = reopening;
        this.cancellation = cancellation;
        this.attendances = attendances;
        this.qr = qr;
        this.newCode = newCode;
        this.walkIns = walkIns;
        this.checkIns = checkIns;
        this.participants = participants;
        this.checkIn = checkIn;
        this.voiding = voiding;
        this.claim = claim;
    }

    public Uni<Page<EventGroupView>> groups(UUID communityId, Paging paging) {
        return groups.list(communityId, null, null, paging).map(RestResponse::getEntity);
    }

    public Uni<EventGroupView> createGroup(UUID communityId, CreateEventGroup in) {
        return groups.create(communityId, in).map(RestResponse::getEntity);
    }

    public Uni<EventGroupView> group(UUID groupId) {
        return group.read(groupId).map(RestResponse::getEntity);
    }

    public Uni<Page<EventView>> events(UUID groupId, Paging paging) {
        return events.list(groupId, paging).map(RestResponse::getEntity);
    }

    public Uni<EventView> schedule(UUID groupId, ScheduleEvent in) {
        return events.schedule(groupId, in).map(RestResponse::getEntity);
    }

    public Uni<EventView> event(UUID eventId) {
        return event.read(eventId).map(RestResponse::getEntity);
    }

    public Uni<EventView> close(UUID eventId) {
        return closure.close(eventId, new CloseEvent());
    }

    public Uni<EventView> reopen(UUID eventId, ReopenEvent in) {
        return reopening.reopen(eventId, in);
    }

    public Uni<EventView> cancel(UUID eventId, CancelEvent in) {
        return cancellation.cancel(eventId, in);
    }

    public Uni<Page<AttendanceView>> attendances(UUID eventId, Paging paging) {
        return attendances.list(eventId, paging).map(RestResponse::getEntity);
    }

    /** A row of them that counts; null where there is none such. Problems: {@code not-found}, {@code members-only}, {@code not-allowed}. */
    public Uni<@Nullable AttendanceView> attendance(UUID eventId, UUID checkInId) {
        return Event.visibleTo(viewer, eventId)
                .invoke(event -> EventRights.requireToReadAttendances(viewer.in(event.communityId)))
                .chain(event -> Attendance.standing(event, checkInId));
    }

    public Uni<EventView> replaceCode(UUID eventId) {
        return newCode.replace(eventId, new ReplaceCode()).map(RestResponse::getEntity);
    }

    /** The symbol as it is projected. */
    public Uni<String> qr(UUID eventId) {
        return qr.draw(eventId, new QrForm()).map(RestResponse::getEntity);
    }

    public Uni<CheckInView> walkIn(UUID eventId, CheckInWalkIn in) {
        return walkIns.admit(eventId, in).map(RestResponse::getEntity);
    }

    public Uni<CheckInView> checkIn(UUID eventId, CheckInPerson in) {
        return checkIns.checkIn(eventId, in).map(RestResponse::getEntity);
    }

    public Uni<FoundParticipantsView> participants(UUID eventId, @Nullable String name) {
        return participants.find(eventId, name);
    }

    public Uni<CheckInStateView> checkIn(UUID checkInId) {
        return checkIn.read(checkInId);
    }

    public Uni<CheckInStateView> voidCheckIn(UUID checkInId, VoidCheckIn in) {
        return voiding.undo(checkInId, in);
    }

    public Uni<CheckInStateView> claim(UUID checkInId) {
        return claim.claim(checkInId, new ClaimCheckIn());
    }
}
