package org.townsquare.events;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a check-in.
 *
 * @param cookie the {@code Set-Cookie} that makes a device known; null where it is, or need not be
 */
public record CheckInAnswer(CheckInView view, @Nullable String cookie) {
    /** 201 for a new attendance, 200 for one that was there. */
    public int status() {
        return view.result() == CheckInResult.CHECKED_IN ? 201 : 200;
    }
}
