package org.townsquare.events;

import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem;

/** A parameter that is a part of a name. */
final class SearchedName {
    private static final int LONGEST = 200;

    private SearchedName() {}

    /** Problems: {@code parameter-invalid}. */
    static @Nullable String of(String parameter, @Nullable String value) {
        if (value != null && value.length() > LONGEST)
            throw new Problem.BadRequest("parameter-invalid", parameter + " has at most " + LONGEST + " characters.");
        return value;
    }
}
