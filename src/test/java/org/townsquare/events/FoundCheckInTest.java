package org.townsquare.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.townsquare.events.FoundCheckIn.Earlier;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem;

class FoundCheckInTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, event-cancelled",
        "SCHEDULED, check-in-not-open-yet",
        "CLOSED, check-in-closed",
        "ENDED, check-in-closed"
    })
    void who_was_not_there_is_told_why_the_event_takes_nobody(EventPhase phase, String code) {
        var found = new FoundCheckIn(phase, NOON, true, false, null, null);
        assertEquals(code, refusal(found::judge));
        assertEquals(code, refusal(found::judgeAtLast));
    }

    @Test
    void a_place_that_somebody_holds_is_worth_a_patient_attempt_and_none_is_not() {
        assertNull(new FoundCheckIn(EventPhase.OPEN, null, false, false, null, null).judge());
        assertNull(new FoundCheckIn(EventPhase.OPEN, null, true, true, null, null).judge());
        assertEquals("event-full", refusal(new FoundCheckIn(EventPhase.OPEN, null, true, false, null, null)::judge));
    }

    @Test
    void after_the_patient_attempt_there_is_no_further_one() {
        assertEquals(
                "event-full", refusal(new FoundCheckIn(EventPhase.OPEN, null, true, true, null, null)::judgeAtLast));
        assertEquals("busy", refusal(new FoundCheckIn(EventPhase.OPEN, null, false, false, null, null)::judgeAtLast));
    }

    @Test
    void a_repeat_is_answered_after_the_closing_and_at_a_full_event_too() {
        for (var phase :
                new EventPhase[] {EventPhase.OPEN, EventPhase.CLOSED, EventPhase.ENDED, EventPhase.SCHEDULED}) {
            var found = new FoundCheckIn(phase, NOON, true, false, null, earlier(true, AttendanceKind.REGISTERED));
            for (CheckInAnswer answer :
                    new CheckInAnswer[] {Objects.requireNonNull(found.judge()), found.judgeAtLast()}) {
                assertEquals(CheckInResult.ALREADY_CHECKED_IN, answer.view().result());
                assertEquals(200, answer.status());
            }
        }
        var cancelled = new FoundCheckIn(
                EventPhase.CANCELLED, null, false, false, null, earlier(true, AttendanceKind.REGISTERED));
        assertEquals("event-cancelled", refusal(cancelled::judge));
    }

    @Test
    void the_receipt_is_for_the_person_and_not_for_the_device() {
        assertEquals(receipt(), receiptOf(earlier(true, AttendanceKind.REGISTERED)));
        assertNull(receiptOf(earlier(true, AttendanceKind.ANONYMOUS)));
        assertNull(receiptOf(earlier(false, AttendanceKind.REGISTERED)));
    }

    private static @Nullable Digest receiptOf(Earlier earlier) {
        return Objects.requireNonNull(new FoundCheckIn(EventPhase.OPEN, null, false, false, null, earlier).judge())
                .view()
                .receipt();
    }

    private static Earlier earlier(boolean samePerson, AttendanceKind kind) {
        return new Earlier(
                FoundCheckIn.Standing.STANDS,
                samePerson,
                CheckInView.of(
                        CheckInResult.CHECKED_IN,
                        new UUID(0, 1),
                        new UUID(0, 2),
                        kind,
                        NOON,
                        receipt(),
                        new CheckInView.EventOf("Assembly", NOON, "UTC")));
    }

    private static Digest receipt() {
        return Digest.of(new byte[32]);
    }

    private static String refusal(Supplier<CheckInAnswer> judgement) {
        return assertThrows(Problem.class, judgement::get).code;
    }
}
