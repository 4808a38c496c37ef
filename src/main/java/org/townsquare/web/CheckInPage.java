package org.townsquare.web;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
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
 * @param nameHelps whether somebody who signs in may come further
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
        boolean open,
        boolean nameHelps) {
    private static final Pattern TYPED = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** The event, with a button while one may check in. */
    static CheckInPage of(EventCard event, Language language) {
        Refusal stands = stands(event, language);
        return about(event, 200, stands, stands == null, stands == null, language);
    }

    /** The event, and why this check-in was refused; with the button where a moment may help, with the way to sign in where a name does. */
    static CheckInPage refused(EventCard event, Problem problem, Language language) {
        Refusal stands = stands(event, language);
        return stands == null
                ? about(
                        event,
                        problem.status,
                        Refusal.of(problem, language),
                        problem.retryAfter() > 0,
                        problem.status == 401,
                        language)
                : about(event, problem.status, stands, false, false, language);
    }

    private static CheckInPage about(
            EventCard event,
            int status,
            @Nullable Refusal refusal,
            boolean open,
            boolean nameHelps,
            Language language) {
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
                open,
                nameHelps);
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
                false,
                false);
    }

    /** Where there is no event to show: a malformed code in an address is an unknown one. */
    static CheckInPage without(Problem problem, String code, Language language) {
        Messages words = language.words();
        String path = TYPED.matcher(code).matches() ? "/c/" + code : "/c";
        return switch (problem.status) {
            case 410 -> without(410, "/c", words.refusedTitle(), Refusal.of(problem, language), false);
            case 429, 503 -> without(problem.status, path, words.momentTitle(), Refusal.of(problem, language), false);
            default ->
                without(404, path, words.unknownCodeTitle(), new Refusal(words.codeUnknown(), language.tag()), true);
        };
    }

    private static CheckInPage without(int status, String path, String heading, Refusal why, boolean nameHelps) {
        return new CheckInPage(
                status, path, heading, null, null, null, null, null, why, null, false, false, false, nameHelps);
    }

    /** Whether the same may be tried again in a moment. */
    public boolean isForNow() {
        return status == 429 || status == 503;
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
