package org.townsquare.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.townsquare.events.CheckInResult;
import org.townsquare.events.CheckInView;
import org.townsquare.events.EventCard;

/**
 * The page behind the QR.
 *
 * @param status of the answer
 * @param heading the event's title, or what there is to say without one
 * @param said the result, in words
 * @param refused what stands in the way, and what helps
 * @param open whether there is a button
 * @param cookie the {@code Set-Cookie} of a new device
 */
public record CheckInPage(
        int status,
        String heading,
        @Nullable String community,
        @Nullable String place,
        @Nullable String when,
        @Nullable String said,
        @Nullable String refused,
        boolean open,
        @Nullable String cookie) {
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm", Locale.ENGLISH);

    /** The templates of this page, checked at build. */
    @CheckedTemplate(basePath = "web")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance checkIn(CheckInPage page, String style);
    }

    /** The event, with a button while one may check in. */
    static CheckInPage of(EventCard event, @Nullable String cookie) {
        return about(event, 200, null, stands(event), cookie);
    }

    /** The event, and why this check-in was refused. */
    static CheckInPage refused(EventCard event, int status, @Nullable String why) {
        return about(event, status, null, stands(event) == null ? why : stands(event), null);
    }

    private static CheckInPage about(
            EventCard event, int status, @Nullable String said, @Nullable String refused, @Nullable String cookie) {
        return new CheckInPage(
                status,
                event.title(),
                event.community(),
                event.place(),
                time(event.startTime(), event.timeZone()),
                said,
                refused,
                refused == null,
                cookie);
    }

    /** What became of a check-in. */
    static CheckInPage of(CheckInView view, int status, @Nullable String cookie) {
        String at = time(view.checkedInAt(), view.event().timeZone());
        return new CheckInPage(
                status,
                view.event().title(),
                null,
                null,
                time(view.event().startTime(), view.event().timeZone()),
                view.result() == CheckInResult.CHECKED_IN
                        ? "You are checked in. It was " + at + "."
                        : "You were checked in already, on " + at + ". All is well.",
                null,
                false,
                cookie);
    }

    /** Where there is no event to show. */
    static CheckInPage without(int status, String heading, @Nullable String why) {
        return new CheckInPage(status, heading, null, null, null, null, why, false, null);
    }

    private static @Nullable String stands(EventCard event) {
        Instant opens = event.opensAt();
        return switch (event.phase()) {
            case OPEN -> null;
            case SCHEDULED ->
                "Check-in is not open yet"
                        + (opens == null
                                ? "."
                                : ": it opens on " + time(opens, event.timeZone()) + ". Come back then.");
            case CLOSED, ENDED -> "Check-in is closed. Ask the organisers of the event.";
            case CANCELLED -> "This event was cancelled. Ask its organisers.";
        };
    }

    private static String time(Instant time, String zone) {
        return DAY_AND_TIME.format(ZonedDateTime.ofInstant(time, ZoneId.of(zone))) + " (" + zone + ")";
    }

    Uni<String> html() {
        return Uni.createFrom()
                .completionStage(() -> Templates.checkIn(this, Style.TEXT).renderAsync());
    }
}
