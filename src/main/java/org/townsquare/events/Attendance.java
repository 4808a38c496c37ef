package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Journal;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Conditions;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unprocessable;

/** That somebody was there. Made by {@link CheckIn}, or by staff; it can be given a name and be voided, and is never taken away. */
@Entity
@Table(name = "attendance")
public class Attendance extends ActiveRecord {
    static final String ONE_PER_PARTICIPANT = "attendance_one_per_participant";
    static final String ONE_PER_CLIENT = "attendance_one_per_client";

    /** So long the person may take it back. */
    private static final Duration UNDO = Duration.ofMinutes(5);

    /** So long whoever recorded it may void it without a reason. */
    private static final Duration CORRECTION = Duration.ofMinutes(15);

    private static final int HASH_BYTES = 16;

    private static final String VIEW =
            "select a.id, a.participantId, u.name, a.walkInName, a.kind, a.source, a.overridden, a.checkedInAt, a.voidedAt, a.receipt from Attendance a left join User u on u.id = a.participantId "
                    + "where a.communityId = ?1 and a.eventId = ?2 and a.id = ?3 and a.voidedAt is null";

    public UUID communityId;
    public UUID eventId;
    public @Nullable UUID participantId;

    @Enumerated(EnumType.STRING)
    public AttendanceKind kind;

    public Instant checkedInAt;
    public Instant receivedAt;

    @Enumerated(EnumType.STRING)
    public CheckInSource source;

    public @Nullable UUID recordedBy;
    public @Nullable String walkInName;
    public byte @Nullable [] deviceHash;
    public @Nullable UUID clientId;
    public boolean overridden;
    public byte @Nullable [] nonce;
    public byte[] receipt;
    public @Nullable Instant voidedAt;
    public @Nullable UUID voidedBy;

    @Enumerated(EnumType.STRING)
    public @Nullable VoidCause voidCause;

    public @Nullable String voidReason;

    /** Whether the person, or the device, does not come in again by themselves. */
    public boolean expelled;

    Attendance() {}

    /** One that counts, of an event that the caller has found and whose roll they may read; null where it has none such. */
    static Uni<@Nullable AttendanceView> standing(Event event, UUID id) {
        return Attendance.find(VIEW, event.communityId, event.id, id)
                .project(AttendanceView.class)
                .firstResult();
    }

    /** The viewer's own, in communities that the viewer sees; the latest first. */
    static Uni<List<MyAttendanceView>> pageOf(Viewer viewer, Paging paging) {
        Cursor after = paging.after(EventGroup.NEWEST);
        var asked = new Conditions(viewer.userId(), after.at(), after.id()).and("c.id = %s", viewer.within());
        return Attendance.find(
                        "select a.id, a.communityId, a.eventId, e.title, a.kind, a.source, a.checkedInAt, a.voidedAt, a.receipt "
                                + "from Attendance a join Event e on e.communityId = a.communityId and e.id = a.eventId "
                                + "join Community c on c.id = a.communityId where a.participantId = ?1 and "
                                + Community.SEEN
                                + asked.text()
                                + " and a.checkedInAt <= ?2 and (a.checkedInAt < ?2 or a.id < ?3) order by a.checkedInAt desc, a.id desc",
                        asked.values())
                .project(MyAttendanceView.class)
                .page(0, paging.rows())
                .list();
    }

    /** The viewer's own, by name or by device, or one of an event whose staff the viewer is; else {@code not-found}. */
    static Uni<SeenCheckIn> visibleTo(Viewer viewer, @Nullable String device, UUID id) {
        return seen(viewer, device, id, LockModeType.NONE);
    }

    /** The same, locked for an act. */
    static Uni<SeenCheckIn> heldBy(Viewer viewer, @Nullable String device, UUID id) {
        return seen(viewer, device, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Uni<SeenCheckIn> seen(Viewer viewer, @Nullable String device, UUID id, LockModeType lock) {
        return Attendance.<Attendance>find("id", id)
                .withLock(lock)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .chain(found -> Event.of(viewer, found)
                        .chain(event -> now().map(now -> SeenCheckIn.of(found, event, viewer, device, now))));
    }

    /** The database's clock, which judges whether it is too late. */
    static Uni<Instant> now() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select clock_timestamp()", Instant.class)
                        .getSingleResult());
    }

    /** The one with this receipt, of a community that is not hidden from the viewer; else {@code not-found}. */
    static Uni<Attendance> ofReceipt(Viewer viewer, Digest receipt) {
        return Attendance.<Attendance>find("receipt", (Object) receipt.bytes())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .call(found -> Event.of(viewer, found));
    }

    /** That which counts of a user at an event that the caller has found; null where there is none. */
    static Uni<@Nullable Attendance> standingOf(Event event, UUID userId) {
        return Attendance.<Attendance>find(
                        "communityId = ?1 and eventId = ?2 and participantId = ?3 and voidedAt is null",
                        event.communityId,
                        event.id,
                        userId)
                .firstResult();
    }

    /** Whether staff expelled a user from an event that the caller has found. */
    static Uni<Boolean> isExpelled(Event event, UUID userId) {
        return Attendance.count(
                        "communityId = ?1 and eventId = ?2 and participantId = ?3 and expelled",
                        event.communityId,
                        event.id,
                        userId)
                .map(count -> count > 0);
    }

    /** Whom staff let in is expelled no more. */
    static Uni<Void> forgive(Event event, @Nullable UUID participantId) {
        if (participantId == null) return Uni.createFrom().voidItem();
        return Attendance.update(
                        "expelled = false, version = version + 1 where communityId = ?1 and eventId = ?2 and participantId = ?3 and expelled",
                        event.communityId,
                        event.id,
                        participantId)
                .replaceWithVoid();
    }

    /** Those of an event that the caller has found which the arrival may be a repeat of. */
    static Uni<List<Attendance>> earlier(Event event, Arrival arrival) {
        UUID nobody = new UUID(0, 0);
        return Attendance.<Attendance>find(
                        "communityId = ?1 and eventId = ?2 and (participantId = ?3 and voidedAt is null or clientId = ?4)",
                        event.communityId,
                        event.id,
                        Objects.requireNonNullElse(arrival.participantId(), nobody),
                        Objects.requireNonNullElse(arrival.clientId(), nobody))
                .list();
    }

    /** Whom the staff of an event may look up and check in: active members, and who was at an event of the community; none whom it has barred. */
    private static final String KNOWN =
            "u.status = ACTIVE and (exists (select 1 from Member m where m.communityId = ?1 and m.userId = u.id and m.status = ACTIVE) "
                    + "or exists (select 1 from Attendance x where x.communityId = ?1 and x.participantId = u.id)) "
                    + "and not exists (select 1 from Member b where b.communityId = ?1 and b.userId = u.id and (b.status = BANNED or b.status = SUSPENDED and (b.suspendedUntil is null or b.suspendedUntil > instant)))";

    private static final int FOUND_AT_ONCE = 20;

    /** Problems: {@code participant-unknown}. */
    static Uni<Void> requireKnown(Event event, @Nullable UUID participantId) {
        if (participantId == null) return Uni.createFrom().voidItem();
        return Attendance.find("select u.id from User u where u.id = ?2 and " + KNOWN, event.communityId, participantId)
                .project(UUID.class)
                .firstResult()
                .invoke(found -> {
                    if (found == null)
                        throw new Unprocessable(
                                "participant-unknown",
                                "The community knows nobody like that: let them in as a walk-in.");
                })
                .replaceWithVoid();
    }

    /** People whom the staff of an event may check in to it, by a part of their name. */
    static Uni<List<ParticipantView>> findable(Event event, SoughtName name) {
        return Attendance.find(
                        "select u.id, u.name, (select count(a) from Attendance a where a.communityId = ?1 and a.eventId = ?2 and a.participantId = u.id and a.voidedAt is null) "
                                + "from User u where lower(u.name) like ?3 escape '!' and " + KNOWN
                                + " order by lower(u.name), u.id",
                        event.communityId,
                        event.id,
                        name.pattern())
                .project(ParticipantView.class)
                .page(0, FOUND_AT_ONCE)
                .list();
    }

    /** Of those that an erased user had, the ones of which staff wrote something. */
    static Uni<List<UUID>> saidOf(UUID userId) {
        return Attendance.find(
                        "select a.id from Attendance a where a.participantId = ?1 and (a.overridden or a.voidReason is not null)",
                        userId)
                .project(UUID.class)
                .list();
    }

    /**
     * Lets somebody in by the hand of staff, whom they know or who walks in. Problems: {@code members-only}, {@code not-allowed}, {@code
     * reason-required}, {@code event-cancelled}, {@code check-in-not-open-yet}, {@code check-in-closed}.
     *
     * @param now the database's clock
     */
    static Attendance record(Event event, Member by, Arrival arrival, RandomGenerator random, Instant now) {
        EventRights.requireToCorrect(by);
        if (arrival.override()) requireReason(arrival.reason());
        else event.requireOpen(now);
        Attendance made = new Attendance();
        made.communityId = event.communityId;
        made.eventId = event.id;
        made.participantId = arrival.participantId();
        made.kind = arrival.participantId() == null ? AttendanceKind.WALK_IN : AttendanceKind.REGISTERED;
        made.walkInName = arrival.walkInName();
        made.checkedInAt = now;
        made.receivedAt = now;
        made.source = CheckInSource.STAFF;
        made.recordedBy = by.userId;
        made.clientId = arrival.clientId();
        made.overridden = arrival.override();
        made.nonce = new byte[HASH_BYTES];
        random.nextBytes(made.nonce);
        made.receipt = Digest.ofLines(
                        "townsquare-attendance-1",
                        event.id.toString(),
                        made.id.toString(),
                        arrival.participantId() == null
                                ? "-"
                                : arrival.participantId().toString(),
                        Journal.SIX_DECIMALS.format(now),
                        Digest.base64Url(made.nonce))
                .bytes();
        return made;
    }

    CheckedIn checkedIn(Arrival arrival) {
        return new CheckedIn(
                communityId,
                id,
                eventId,
                kind,
                source,
                Digest.of(receipt),
                participantId,
                overridden
                        ? new PrivateText(
                                Objects.requireNonNull(arrival.reason()).strip())
                        : null);
    }

    /**
     * Of those that an arrival may repeat, the one that it does; null where it is a new one. Problems: {@code check-in-voided}, {@code
     * idempotency-mismatch}.
     */
    static @Nullable Attendance repeated(List<Attendance> earlier, Arrival arrival) {
        for (Attendance one : earlier)
            if (one.voidedAt == null && one.participantId != null && one.participantId.equals(arrival.participantId()))
                return one;
        for (Attendance one : earlier) {
            if (!Objects.equals(one.participantId, arrival.participantId())
                    || !Objects.equals(one.walkInName, arrival.walkInName())
                    || (arrival.participantId() == null && one.kind != AttendanceKind.WALK_IN)) throw mismatch();
            if (one.voidedAt != null) throw voided();
            return one;
        }
        return null;
    }

    /**
     * Takes it back: the person a moment after it was received, its event's staff at any time with a reason. It stays, and counts no more; voiding it
     * again changes nothing. Problems: {@code undo-too-late}, {@code reason-required}, {@code members-only}, {@code not-allowed}, {@code
     * membership-suspended}, {@code community-suspended}.
     *
     * @param own whether it is the person's who asks for it
     * @param now the database's clock
     */
    List<CheckInVoided> undo(Member by, boolean own, @Nullable String reason, Instant now) {
        if (by.mayRead()) by.requireUnbarred();
        if (voidedAt != null) return List.of();
        boolean bySelf = own && isWithin(UNDO, now);
        if (!bySelf) requireToVoid(by, own, reason, now);
        return List.of(end(bySelf ? VoidCause.SELF : VoidCause.STAFF, by, reason, now));
    }

    private void requireToVoid(Member by, boolean own, @Nullable String reason, Instant now) {
        if (own && !EventRights.mayCorrect(by))
            throw new Conflict(
                    "undo-too-late",
                    "You can take a check-in back for " + UNDO.toMinutes() + " minutes: ask the organisers now.");
        EventRights.requireToCorrect(by);
        if (!by.userId.equals(recordedBy) || !isWithin(CORRECTION, now)) requireReason(reason);
    }

    private boolean isWithin(Duration time, Instant now) {
        return now.isBefore(receivedAt.plus(time));
    }

    /** Whether {@link #undo} would be refused for no other lack than that of a reason. */
    boolean mayUndo(Member by, boolean own, Instant now) {
        return voidedAt == null && ((own && isWithin(UNDO, now)) || EventRights.mayCorrect(by));
    }

    private CheckInVoided end(VoidCause cause, Member by, @Nullable String reason, Instant now) {
        voidedAt = now;
        voidedBy = cause == VoidCause.SELF ? participantId : by.userId;
        voidCause = cause;
        expelled = cause == VoidCause.STAFF;
        voidReason = reason == null ? null : reason.strip();
        return new CheckInVoided(
                communityId,
                id,
                eventId,
                participantId,
                cause,
                voidReason == null ? null : new PrivateText(voidReason));
    }

    /**
     * An anonymous one becomes that of the user, or is voided where they have one already; again, nothing changes. The caller has found it as the user's
     * own. Problems: {@code check-in-voided}, {@code membership-suspended}, {@code community-suspended}.
     *
     * @param named the one that they have already
     * @param expelled whether staff voided what they had
     * @param now the database's clock
     */
    List<AttendanceFact> claim(Member by, @Nullable Attendance named, boolean expelled, Instant now) {
        if (by.mayRead()) by.requireUnbarred();
        if (voidCause == VoidCause.MERGED && named != null) return List.of();
        if (voidedAt != null) throw voided();
        if (by.userId.equals(participantId)) return List.of();
        if (named != null) return List.of(end(VoidCause.MERGED, by, null, now));
        if (expelled) throw voided();
        participantId = by.userId;
        kind = AttendanceKind.REGISTERED;
        return List.of(new CheckInClaimed(communityId, id, eventId, Digest.of(receipt)));
    }

    /** Whether it is that of the viewer: by name, or, while it has none, by the cookie of the device. */
    boolean isOf(@Nullable UUID userId, @Nullable String device, Event event) {
        if (participantId != null) return participantId.equals(userId);
        return kind == AttendanceKind.ANONYMOUS
                && device != null
                && deviceHash != null
                && event.devicePepper != null
                && MessageDigest.isEqual(
                        deviceHash,
                        Arrays.copyOf(Digest.hmac(event.devicePepper, device).bytes(), HASH_BYTES));
    }

    private static void requireReason(@Nullable String reason) {
        if (reason == null) throw new Unprocessable("reason-required", "Say why: give a reason.");
    }

    static Conflict voided() {
        return new Conflict("check-in-voided", "This check-in was voided: ask the organisers of the event.");
    }

    static Unprocessable mismatch() {
        return new Unprocessable(
                "idempotency-mismatch", "This clientId was used for the check-in of somebody else: draw a new one.");
    }
}
