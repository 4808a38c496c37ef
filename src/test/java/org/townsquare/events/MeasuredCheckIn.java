package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.townsquare.communities.MeasuredViewer;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Digest;

/** The same check-in of a signed-in person in two ways. */
public final class MeasuredCheckIn {
    private final CheckIn checkIn;
    private final Journal journal;
    private final RandomGenerator random;
    private final Clock clock;

    public MeasuredCheckIn(CheckIn checkIn, Journal journal, RandomGenerator random, Clock clock) {
        this.checkIn = checkIn;
        this.journal = journal;
        this.random = random;
        this.clock = clock;
    }

    /** As the service does it. */
    public Uni<?> byStatement(String code, UUID userId) {
        return checkIn.with(new MeasuredViewer(userId), code);
    }

    /** As it would be with entities: find, act, persist, record. */
    public Uni<?> bySession(String code, UUID userId) {
        return Panache.withTransaction(() -> Event.<Event>find(
                        "codeText", EventCode.parse(code).text())
                .singleResult()
                .chain(event -> Attendance.<Attendance>find("eventId = ?1 and participantId = ?2", event.id, userId)
                        .firstResult()
                        .chain(before -> {
                            if (before != null) throw new IllegalStateException("a repeat");
                            Attendance made = attend(event, userId);
                            return made.persist()
                                    .chain(() -> journal.record(new MeasuredViewer(userId), checkedIn(made)));
                        })));
    }

    private Attendance attend(Event event, UUID userId) {
        Instant now = clock.instant();
        if (EventPhase.at(now, event.cancelledAt, event.state, event.opensAt, event.closesAt) != EventPhase.OPEN)
            throw new IllegalStateException("not open");
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        Attendance made = new Attendance();
        made.communityId = event.communityId;
        made.eventId = event.id;
        made.participantId = userId;
        made.kind = AttendanceKind.REGISTERED;
        made.checkedInAt = now;
        made.receivedAt = now;
        made.source = CheckInSource.SELF;
        made.receipt = Digest.ofLines(
                        "townsquare-attendance-1",
                        event.id.toString(),
                        made.id.toString(),
                        userId.toString(),
                        Journal.SIX_DECIMALS.format(now),
                        Digest.base64Url(nonce))
                .bytes();
        return made;
    }

    private static CheckedIn checkedIn(Attendance made) {
        return new CheckedIn(
                made.communityId, made.id, made.eventId, made.kind, made.source, Digest.of(made.receipt), null, null);
    }
}
