package org.townsquare.identity;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a mail says: plain, short, in English. */
record Letter(String subject, String text) {
    private static final String NOT_YOU =
            "\n\nIf it was not you, ignore this mail: without the token nothing happens.\n";

    /**
     * Asks to bring a token back.
     *
     * @param town where this installation is reached
     * @param act what the token is for, as it stands in {@link IdentityConfig#links}
     */
    static Letter asking(
            String subject, String what, String town, String act, String token, Duration life, Optional<String> links) {
        return new Letter(
                subject,
                what + " at " + town + ".\n\nThe token, good for " + inWords(life) + ":\n\n" + token + "\n"
                        + links.map(link -> "\n" + link.replace("{act}", act).replace("{token}", token) + "\n")
                                .orElse("")
                        + NOT_YOU);
    }

    /** Tells the owner of an account what happened to it. */
    static Letter telling(String subject, String what, String town) {
        return new Letter(
                subject,
                what + " at " + town
                        + ".\n\nIf it was not you, set a new password, which ends all sessions, and look at your sessions and keys.\n");
    }

    static String inWords(Duration life) {
        return life.toHours() > 1
                ? String.format(Locale.ROOT, "%d hours", life.toHours())
                : String.format(Locale.ROOT, "%d minutes", life.toMinutes());
    }
}
