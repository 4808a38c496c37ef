package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Journal;

/** Where the staff of an event let people in. */
@ApplicationScoped
class Door {
    private final Journal journal;
    private final RandomGenerator random;
    private final CheckInLimits limits;
    private final CheckInRefusals refusals;

    Door(Journal journal, RandomGenerator random, CheckInLimits limits, CheckInRefusals refusals) {
        this.journal = journal;
        this.random = random;
        this.limits = limits;
        this.refusals = refusals;
    }

    /**
     * Bounds what one of the staff does, notes what the event refuses, and carries the transaction out once more where the same check-in came at the
     * same time: then it is found. Problems: {@code rate-limited}.
     */
    <T> Uni<T> attempted(Viewer viewer, UUID eventId, @Nullable UUID clientId, Supplier<Uni<T>> transaction) {
        limits.requireRoom(viewer.userId());
        return refusals.noted(
                eventId,
                clientId,
                transaction.get().onFailure(Door::cameAtTheSameTime).recoverWithUni(() -> transaction.get()));
    }

    private static boolean cameAtTheSameTime(Throwable e) {
        return Refusal.isBy(Attendance.ONE_PER_PARTICIPANT, e) || Refusal.isBy(Attendance.ONE_PER_CLIENT, e);
    }

    /**
     * Lets somebody in, in the caller's session and transaction; who is in already is found. Problems: {@code not-found}, {@code members-only}, {@code
     * not-allowed}, {@code participant-unknown}, {@code reason-required}, {@code event-cancelled}, {@code check-in-not-open-yet}, {@code
     * check-in-closed}, {@code event-full}, {@code check-in-voided}, {@code idempotency-mismatch}.
     */
    Uni<CheckInAnswer> admit(Viewer viewer, UUID eventId, Arrival arrival) {
        return Event.sharedBy(viewer, eventId)
                .invoke(event -> EventRights.requireToCorrect(viewer.in(event.communityId)))
                .chain(event -> Attendance.earlier(event, arrival).chain(earlier -> {
                    Attendance same = Attendance.repeated(earlier, arrival);
                    return same == null
                            ? made(viewer, event, arrival)
                            : Uni.createFrom().item(answer(CheckInResult.ALREADY_CHECKED_IN, same, event));
                }));
    }

    private Uni<CheckInAnswer> made(Viewer viewer, Event event, Arrival arrival) {
        return Attendance.requireKnown(event, arrival.participantId())
                .chain(Attendance::now)
                .map(now -> Attendance.record(event, viewer.in(event.communityId), arrival, random, now))
                .call(made -> FreeSeat.of(event, !arrival.override())
                        .call(() -> Attendance.forgive(event, arrival.participantId()))
                        .chain(seat -> made.persist()
                                .call(() -> journal.record(viewer, made.checkedIn(arrival)))
                                .call(() -> seat == null ? Uni.createFrom().voidItem() : seat.take(made))))
                .map(made -> answer(CheckInResult.CHECKED_IN, made, event));
    }

    private static CheckInAnswer answer(CheckInResult result, Attendance attendance, Event event) {
        return new CheckInAnswer(CheckInView.of(result, attendance, event), null);
    }
}
