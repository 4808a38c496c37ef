package org.townsquare.web;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.events.AttendanceKind;
import org.townsquare.events.CheckInResult;
import org.townsquare.events.CheckInView;
import org.townsquare.events.EventCard;
import org.townsquare.events.EventPhase;
import org.townsquare.platform.Problem;

/**
 * The page behind the QR.
 *
 * @param status of the answer
 * @param path of the page
 * @param heading the event's title, or what there is to say without one
 * @param when it begins; null where there is no event to show
 * @param said the result, in words
 * @param refusal what stands in the way, and what helps
 * @param made the check-in, once there is one
 * @param undoable whether it was made just now
 * @param claimable whether it has no name yet
 * @param open whether there is a button
 */
public record CheckInPage(
        int status,
        String path,
        String heading,
        @Nullable String community,
        @Nullable String place,
        @Nullable String when,
        @Nullable String said,
        @Nullable String receipt,
        @Nullable Refusal refusal,
        @Nullable UUID made,
        boolean undoable,
        boolean claimable,
        boolean open) {
    /** The event, with a button while one may check in. */
    static CheckInPage of(EventCard event, Language language) {
        return about(event, 200, stands(event, language), language);
    }

    /** The event, and why this check-in was refused. */
    static CheckInPage refused(EventCard event, Problem problem, Language language) {
        Refusal stands = stands(event, language);
        return about(event, problem.status, stands == null ? Refusal.of(problem, language) : stands, language);
    }

    private static CheckInPage about(EventCard event, int status, @Nullable Refusal refusal, Language language) {
        return new CheckInPage(
                status,
                path(event),
                event.title(),
                event.community(),
                event.place(),
                language.time(event.startTime(), event.timeZone()),
                null,
                null,
                refusal,
                null,
                false,
                false,
                refusal == null);
    }

    /** What became of a check-in. */
    static CheckInPage of(CheckInView view, int status, Language language) {
        String at = language.time(view.checkedInAt(), view.event().timeZone());
        return new CheckInPage(
                status,
                "",
                view.event().title(),
                null,
                null,
                language.time(view.event().startTime(), view.event().timeZone()),
                view.result() == CheckInResult.CHECKED_IN
                        ? language.words().checkedIn(at)
                        : language.words().checkedInAlready(at),
                view.receipt() == null ? null : view.receipt().text(),
                null,
                view.id(),
                view.result() == CheckInResult.CHECKED_IN,
                view.kind() == AttendanceKind.ANONYMOUS,
                false);
    }

    /** Where there is no event to show: a malformed code in an address is an unknown one. */
    static CheckInPage without(Problem problem, Language language) {
        Messages words = language.words();
        return switch (problem.status) {
            case 410 -> without(410, words.refusedTitle(), Refusal.of(problem, language));
            case 429, 503 -> without(problem.status, words.momentTitle(), Refusal.of(problem, language));
            default -> without(404, words.unknownCodeTitle(), new Refusal(words.codeUnknown(), language.tag()));
        };
    }

    private static CheckInPage without(int status, String heading, Refusal why) {
        return new CheckInPage(status, "/c", heading, null, null, null, null, null, why, null, false, false, false);
    }

    private static String path(EventCard event) {
        return "/c/" + event.codeText();
    }

    private static @Nullable Refusal stands(EventCard event, Language language) {
        String why = stands(event.phase(), event.opensAt(), event.timeZone(), language);
        return why == null ? null : new Refusal(why, language.tag());
    }

    /** What stands in the way of everybody; null while nothing does. */
    static @Nullable String stands(EventPhase phase, @Nullable Instant opens, String zone, Language language) {
        Messages words = language.words();
        return switch (phase) {
            case OPEN -> null;
            case SCHEDULED ->
                opens == null ? words.checkInNotOpenYet() : words.checkInOpensAt(language.time(opens, zone));
            case CLOSED, ENDED -> words.checkInClosed();
            case CANCELLED -> words.eventCancelled();
        };
    }
}
