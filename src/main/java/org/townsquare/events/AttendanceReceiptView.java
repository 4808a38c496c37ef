package org.townsquare.events;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What anyone may know of a check-in by its receipt: never whose it is. */
record AttendanceReceiptView(
        UUID eventId,
        Instant checkedInAt,

        @Schema(description = "Whether it counts no more.") boolean voided) {
    static AttendanceReceiptView of(Attendance attendance) {
        return new AttendanceReceiptView(attendance.eventId, attendance.checkedInAt, attendance.voidedAt != null);
    }
}
