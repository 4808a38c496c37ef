package org.townsquare.web;

import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem;

/**
 * Why something was refused, and what helps, in words.
 *
 * @param language of these words: that of the page, but for what there is no translation of
 */
public record Refusal(String words, String language) {
    static Refusal of(Problem problem, Language language) {
        return of(problem.code, problem.status, problem.getMessage(), language);
    }

    static Refusal of(String code, int status, @Nullable String detail, Language language) {
        String known = known(code, language.words());
        if (known != null) return new Refusal(known, language.tag());
        return detail == null
                ? new Refusal(general(status, language.words()), language.tag())
                : new Refusal(detail, Language.USUAL.tag());
    }

    private static @Nullable String known(String code, Messages words) {
        return switch (code) {
            case "check-in-closed" -> words.checkInClosed();
            case "check-in-not-open-yet" -> words.checkInNotOpenYet();
            case "event-cancelled" -> words.eventCancelled();
            case "event-full" -> words.eventFull();
            case "code-unknown", "code-malformed" -> words.codeUnknown();
            case "code-replaced" -> words.codeReplaced();
            case "check-in-voided" -> words.checkInVoided();
            case "sign-in-required" -> words.signInRequired();
            case "members-only" -> words.membersOnly();
            case "not-allowed" -> words.notAllowed();
            case "membership-suspended" -> words.membershipSuspended();
            case "community-suspended" -> words.communitySuspended();
            case "not-found" -> words.notFound();
            case "cross-site" -> words.crossSite();
            case "credentials-invalid" -> words.credentialsInvalid();
            case "too-many-tries", "rate-limited" -> words.tooManyTries();
            case "busy", "deadline-exceeded" -> words.busy();
            case "event-not-closed" -> words.eventNotClosed();
            case "closes-at-in-the-past" -> words.closesAtInThePast();
            case "check-in-window-empty" -> words.checkInWindowEmpty();
            case "time-zone-unknown" -> words.timeZoneUnknown();
            case "time-out-of-range" -> words.timeOutOfRange();
            case "time-malformed" -> words.timeMalformed();
            case "number-malformed" -> words.numberMalformed();
            case "idempotency-mismatch" -> words.sentBefore();
            case "participant-unknown" -> words.participantUnknown();
            case "undo-too-late" -> words.undoTooLate();
            case "reason-required" -> words.reasonRequired();
            case "parameter-invalid" -> words.notUnderstood();
            default -> null;
        };
    }

    /** What to say about a status alone. */
    static String general(int status, Messages words) {
        return switch (status) {
            case 404 -> words.notFound();
            case 429 -> words.tooManyTries();
            case 503 -> words.busy();
            default -> status >= 500 ? words.defect() : words.refused();
        };
    }
}
