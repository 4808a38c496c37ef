package org.townsquare.events;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem;

/** A part of somebody's name, long enough that it does not list everybody. */
record SoughtName(String part) {
    private static final int LETTERS = 3;
    private static final int LONGEST = 120;

    /** Problems: {@code parameter-invalid}. */
    static SoughtName of(@Nullable String value) {
        String part = value == null ? "" : value.strip();
        if (part.length() > LONGEST
                || part.codePoints().filter(Character::isLetterOrDigit).count() < LETTERS)
            throw new Problem.BadRequest(
                    "parameter-invalid", "name is a part of a name, of " + LETTERS + " letters or more.");
        return new SoughtName(part);
    }

    /** For LIKE, where ! escapes. */
    String pattern() {
        return "%"
                + part.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
    }
}
