package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Conditions;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Gone;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unprocessable;
import org.townsquare.platform.SessionConnection;
import org.townsquare.platform.Statement;

/** What people come together for and check in to, by its code. */
@Entity
@Table(name = "event")
public class Event extends ActiveRecord {
    /** So long after its end people may still check in, unless its organisers say otherwise. */
    static final Duration GRACE = Duration.ofHours(12);

    private static final int MOST_IN_CALENDAR = 500;

    /** What JSON, PostgreSQL and people call a year. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9998-12-31T23:59:59Z");

    private static final Statement ALONE =
            new Statement("select e.id from event e where e.community_id = $1 and e.id = $2 for update");
    /** Who was at an event may come back to their check-in also where they do not see the community: the condition on a community {@code c}. */
    private static final String UNHIDDEN =
            "(c.deletedAt is null and (c.suspendedAt is null or exists (select 1 from Member m where m.communityId = c.id and m.userId = ?1 and m.status in (ACTIVE, SUSPENDED))))";

    private static final String VISIBLE =
            "from Event e where e.id = ?2 and exists (select 1 from Community c where c.id = e.communityId and "
                    + Community.SEEN + ")";

    public UUID communityId;
    public UUID groupId;
    public String title;
    public @Nullable String description;
    public @Nullable String place;
    public Instant startTime;
    public int durationMinutes;
    public String timeZone;
    public String codeText;
    public @Nullable Integer capacity;

    @Enumerated(EnumType.STRING)
    public Admission admission;

    @Enumerated(EnumType.STRING)
    public EventState state;

    /** How often the code was replaced. */
    public int tokenEpoch;

    /** How often what a calendar shows of its time was changed. */
    public int scheduleRevision;

    public @Nullable Instant opensAt;
    public Instant closesAt;
    public @Nullable Instant closedAt;
    public @Nullable UUID closedBy;
    public @Nullable Instant cancelledAt;
    public @Nullable String cancelReason;
    public byte @Nullable [] devicePepper;
    public UUID createdBy;

    Event() {}

    /** That of a PUBLIC community is seen by everyone, of a PRIVATE one by its members; else {@code not-found}. */
    static Uni<Event> visibleTo(Viewer viewer, UUID id) {
        return one(viewer, visible(viewer, id));
    }

    /** The same, locked for an act. Does not conflict with the locks that check-ins take. */
    static Uni<Event> heldBy(Viewer viewer, UUID id) {
        return one(viewer, visible(viewer, id).withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    /** Waits for the check-ins that run, and lets none begin until the transaction ends. The caller has locked the event for an act. */
    static Uni<Void> alone(Event event) {
        return Panache.getSession()
                .chain(session -> new SessionConnection(session).select(ALONE, event.communityId, event.id))
                .replaceWithVoid();
    }

    /** Whether anybody has checked in; nobody does so until the transaction ends. The caller has locked the event for an act. */
    static Uni<Boolean> isAttended(Event event) {
        return alone(event)
                .chain(() -> Attendance.count("communityId = ?1 and eventId = ?2", event.communityId, event.id))
                .map(count -> count > 0);
    }

    /** Takes the row away. Problems: {@code event-in-use}. */
    static Uni<Void> remove(Event event) {
        return event.delete()
                .chain(() -> event.flush())
                .onFailure(e -> Refusal.isBy("proposal_presence_event", e))
                .transform(e -> inUse())
                .replaceWithVoid();
    }

    static Conflict inUse() {
        return new Conflict("event-in-use", "A proposal is decided by those who came to the event.");
    }

    /** The same, for a check-in by staff: whoever closes or changes the event waits for it, and other check-ins do not. */
    static Uni<Event> sharedBy(Viewer viewer, UUID id) {
        return one(viewer, visible(viewer, id).withLock(LockModeType.PESSIMISTIC_READ));
    }

    /** That of a check-in which the viewer comes back to; else {@code not-found}. */
    static Uni<Event> of(Viewer viewer, Attendance attendance) {
        return one(
                viewer,
                Event.find(
                        "from Event e where e.communityId = ?2 and e.id = ?3 and exists (select 1 from Community c where c.id = e.communityId and "
                                + UNHIDDEN + ")",
                        viewer.userIdOrNobody(),
                        attendance.communityId,
                        attendance.eventId));
    }

    private static PanacheQuery<Event> visible(Viewer viewer, UUID id) {
        return Event.find(VISIBLE, viewer.userIdOrNobody(), id);
    }

    private static Uni<Event> one(Viewer viewer, PanacheQuery<Event> query) {
        return query.<Event>firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .map(it -> viewer.reached(it.communityId, it));
    }

    /** Those of a group that the viewer has found, the latest first. */
    static Uni<List<Event>> page(EventGroup group, Paging paging) {
        Cursor after = paging.after(EventGroup.NEWEST);
        return Event.<Event>find(
                        "from Event e where e.communityId = ?1 and e.groupId = ?2 and e.startTime <= ?3 and (e.startTime < ?3 or e.id < ?4) order by e.startTime desc, e.id desc",
                        group.communityId,
                        group.id,
                        after.at(),
                        after.id())
                .page(0, paging.rows())
                .list();
    }

    /** As many as a calendar shows, of a group that the viewer has found, the latest first. */
    static Uni<List<Event>> latest(EventGroup group) {
        return Event.<Event>find(
                        "from Event e where e.communityId = ?1 and e.groupId = ?2 order by e.startTime desc, e.id desc",
                        group.communityId,
                        group.id)
                .page(0, MOST_IN_CALENDAR)
                .list();
    }

    /** Those of a community that the viewer has found, the latest first. Problems: {@code parameter-invalid}. */
    static Uni<List<Event>> page(Community community, EventFilter filter, Instant now, Paging paging) {
        Cursor after = paging.after(EventGroup.NEWEST);
        var asked = filter.on(new Conditions(community.id, after.at(), after.id()), now);
        return Event.<Event>find(
                        "from Event e where e.communityId = ?1 and e.startTime <= ?2 and (e.startTime < ?2 or e.id < ?3)"
                                + asked.text() + " order by e.startTime desc, e.id desc",
                        asked.values())
                .page(0, paging.rows())
                .list();
    }

    /**
     * What a code tells to everybody who holds it, of PRIVATE communities too; but that there is an event for their members is told to these alone.
     * Problems: {@code code-malformed}, {@code code-unknown}, {@code code-replaced}.
     */
    public static Uni<EventCard> card(Viewer viewer, String code, Instant now) {
        return Event.find(
                        "select e, c.name from Event e join Community c on c.id = e.communityId where e.codeText = ?2 and "
                                + UNHIDDEN
                                + " and (c.visibility = PUBLIC or exists (select 1 from Member m where m.communityId = c.id and m.userId = ?1 and m.status in (ACTIVE, SUSPENDED)) "
                                + "or e.admission <> MEMBERS and not exists (select 1 from Member b where b.communityId = c.id and b.userId = ?1 and b.status = BANNED))",
                        viewer.userIdOrNobody(),
                        EventCode.parse(code).text())
                .project(FoundEvent.class)
                .firstResult()
                .map(found -> found == null || isElsewhere(viewer, found.event()) ? null : EventCard.of(found, now))
                .onItem()
                .ifNull()
                .switchTo(() -> RetiredCode.refusal(viewer, EventCode.parse(code))
                        .chain(problem -> Uni.createFrom().failure(problem)));
    }

    private static boolean isElsewhere(Viewer viewer, Event event) {
        UUID within = viewer.within();
        return within != null && !within.equals(event.communityId);
    }

    /**
     * A new event with this code, open from now on unless it says from when. Problems: {@code members-only}, {@code not-allowed},
     * {@code time-zone-unknown}, {@code time-out-of-range}, {@code check-in-window-empty}.
     */
    static Event schedule(
            EventGroup group, Member by, ScheduleEvent in, String usualZone, RandomGenerator random, Instant now) {
        EventRights.requireToManage(by);
        Event event = new Event();
        event.communityId = group.communityId;
        event.groupId = group.id;
        event.title = in.title().strip();
        event.description = in.description();
        event.place = in.place();
        event.startTime = inRange("startTime", in.startTime());
        event.durationMinutes = in.durationMinutes();
        event.timeZone = known(in.timeZone() == null ? usualZone : in.timeZone());
        event.codeText = EventCode.draw(random).text();
        event.capacity = in.capacity();
        event.admission = in.admission() == null ? Admission.ANYONE : in.admission();
        event.state = EventState.OPEN;
        event.opensAt = in.opensAt() == null ? null : inRange("opensAt", in.opensAt());
        event.closesAt = in.closesAt() == null
                ? (event.endTime().isAfter(now) ? event.endTime() : now).plus(GRACE)
                : inRange("closesAt", in.closesAt());
        event.requireWindow();
        event.devicePepper = pepper(random);
        event.createdBy = by.userId;
        return event;
    }

    EventScheduled scheduled() {
        return new EventScheduled(communityId, id, groupId, startTime, durationMinutes);
    }

    /**
     * What happened: nothing, where everything is as it was. How many places there are follows by {@link EventSeats#refit}. Problems: {@code
     * members-only}, {@code not-allowed}, {@code event-cancelled}, {@code time-zone-unknown}, {@code time-out-of-range}, {@code check-in-window-empty}.
     */
    List<EventChanged> edit(Member by, EditEvent in) {
        EventRights.requireToManage(by);
        requireNotCancelled();
        var before = Plan.of(this);
        if (in.title() != null) title = in.title().strip();
        if (in.description() != null) description = in.description().isEmpty() ? null : in.description();
        if (in.place() != null) place = in.place().isEmpty() ? null : in.place();
        if (in.timeZone() != null) timeZone = known(in.timeZone());
        if (in.capacity() != null) capacity = in.capacity() == 0 ? null : in.capacity();
        if (in.admission() != null) admission = in.admission();
        move(in);
        requireWindow();
        List<EventChanged.Field> changed = before.differsFrom(Plan.of(this));
        if (changed.isEmpty()) return List.of();
        if (changed.stream().anyMatch(EventChanged.Field::isOfSchedule)) scheduleRevision++;
        return List.of(new EventChanged(communityId, id, changed, startTime, durationMinutes, capacity));
    }

    /** The time of check-in stands by that of the event: what is not given itself goes with it. */
    private void move(EditEvent in) {
        Instant start = startTime;
        Instant end = endTime();
        if (in.startTime() != null) startTime = inRange("startTime", in.startTime());
        if (in.durationMinutes() != null) durationMinutes = in.durationMinutes();
        if (in.opensAt() != null) opensAt = inRange("opensAt", in.opensAt());
        else if (opensAt != null) opensAt = inRange("opensAt", opensAt.plus(Duration.between(start, startTime)));
        closesAt = inRange(
                "closesAt", in.closesAt() == null ? closesAt.plus(Duration.between(end, endTime())) : in.closesAt());
    }

    /** Another code leads here, the one before no more. Problems: {@code members-only}, {@code not-allowed}, {@code event-cancelled}. */
    EventCodeReplaced replaceCode(Member by, RandomGenerator random) {
        EventRights.requireToManage(by);
        requireNotCancelled();
        String before = codeText;
        while (codeText.equals(before)) codeText = EventCode.draw(random).text();
        tokenEpoch++;
        return new EventCodeReplaced(communityId, id);
    }

    /**
     * Problems: {@code members-only}, {@code not-allowed}, {@code event-has-attendances}.
     *
     * @param attended whether anybody has checked in, also where that was voided
     */
    EventDeleted delete(Member by, boolean attended) {
        EventRights.requireToManage(by);
        if (attended) throw new Conflict("event-has-attendances", "Somebody has checked in: cancel the event instead.");
        return new EventDeleted(communityId, id, groupId);
    }

    /** Nobody checks in any more; closing a closed one changes nothing. Problems: {@code members-only}, {@code not-allowed}, {@code event-cancelled}. */
    List<EventClosed> close(Member by, Instant now) {
        EventRights.requireToManage(by);
        requireNotCancelled();
        if (state == EventState.CLOSED) return List.of();
        state = EventState.CLOSED;
        closedAt = now;
        closedBy = by.userId;
        return List.of(new EventClosed(communityId, id));
    }

    /**
     * People check in again, until the new closing time or the old one where that is still to come. An event that nobody closed stays as it is.
     * Problems: {@code members-only}, {@code not-allowed}, {@code event-cancelled}, {@code event-not-closed}, {@code closes-at-in-the-past},
     * {@code time-out-of-range}, {@code check-in-window-empty}.
     */
    List<EventReopened> reopen(Member by, ReopenEvent in, RandomGenerator random, Instant now) {
        EventRights.requireToManage(by);
        requireNotCancelled();
        Instant until = in.closesAt() == null ? closesAt : inRange("closesAt", in.closesAt());
        EventPhase phase = phase(now);
        if (phase != EventPhase.CLOSED && phase != EventPhase.ENDED) {
            if (until.equals(closesAt)) return List.of();
            throw new Conflict("event-not-closed", "Only a closed event is reopened.");
        }
        if (!until.isAfter(now))
            throw new Unprocessable("closes-at-in-the-past", "Give a closing time in the future: closesAt.");
        state = EventState.OPEN;
        closedAt = null;
        closedBy = null;
        closesAt = until;
        requireWindow();
        if (devicePepper == null) devicePepper = pepper(random);
        return List.of(new EventReopened(communityId, id, new PrivateText(in.reason())));
    }

    /** For good; cancelling a cancelled one changes nothing. Problems: {@code members-only}, {@code not-allowed}. */
    List<EventCancelled> cancel(Member by, CancelEvent in, Instant now) {
        EventRights.requireToManage(by);
        if (cancelledAt != null) return List.of();
        if (state == EventState.OPEN) {
            state = EventState.CLOSED;
            closedAt = now;
            closedBy = by.userId;
        }
        cancelledAt = now;
        cancelReason = in.reason();
        scheduleRevision++;
        return List.of(new EventCancelled(communityId, id, new PrivateText(in.reason())));
    }

    /** Problems: {@code event-cancelled}, {@code check-in-not-open-yet}, {@code check-in-closed}. */
    void requireOpen(Instant now) {
        EventPhase phase = phase(now);
        if (phase != EventPhase.OPEN) throw phase.refusal(opensAt);
    }

    EventPhase phase(Instant now) {
        return EventPhase.at(now, cancelledAt, state, opensAt, closesAt);
    }

    Instant endTime() {
        return startTime.plus(durationMinutes, ChronoUnit.MINUTES);
    }

    EventCode code() {
        return new EventCode(codeText);
    }

    private void requireNotCancelled() {
        if (cancelledAt != null) throw new Gone("event-cancelled", "The event was cancelled, for good.");
    }

    private void requireWindow() {
        if (opensAt != null && !opensAt.isBefore(closesAt)) throw emptyWindow();
    }

    static Problem emptyWindow() {
        return new Unprocessable("check-in-window-empty", "opensAt comes before closesAt.");
    }

    static Problem unknownCode() {
        return new NotFound(
                "code-unknown",
                "No event has this code: compare it with the one that is shown. Where only members may come, sign in first.");
    }

    private static Instant inRange(String field, Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST))
            throw new Unprocessable("time-out-of-range", field + " is in the years 1970 to 9998.");
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static String known(String zone) {
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(zone))
            throw new Unprocessable("time-zone-unknown", "timeZone is an IANA zone, such as Europe/Berlin.");
        return zone;
    }

    private static byte[] pepper(RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
