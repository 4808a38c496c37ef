package org.townsquare.web;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.townsquare.events.EventPhase;
import org.townsquare.events.EventView;

/**
 * What stands on the screen.
 *
 * @param first the first group of the code
 * @param second the second one
 * @param address where the code is typed
 * @param closing until when people check in; null where they cannot
 * @param refusal why they cannot; null where they can
 */
public record Projection(
        EventView event,
        String qr,
        String first,
        String second,
        String address,
        @Nullable String closing,
        @Nullable String refusal) {
    /** Longer than so, a day says more than hours do. */
    private static final Duration FAR = Duration.ofHours(24);

    static Projection of(EventView event, String qr, String address, Language language, Instant now) {
        String code = String.valueOf(event.codeText());
        boolean open = event.phase() == EventPhase.OPEN;
        return new Projection(
                event,
                qr,
                code.substring(0, 4) + "-",
                code.substring(4),
                address,
                open ? closing(event, language, now) : null,
                open ? null : CheckInPage.stands(event.phase(), event.opensAt(), event.timeZone(), language));
    }

    private static String closing(EventView event, Language language, Instant now) {
        Duration left = Duration.between(now, event.closesAt());
        if (left.compareTo(FAR) > 0)
            return language.words().closesOn(language.time(event.closesAt(), event.timeZone()));
        // a minute that has begun is one: at the last there is not none left
        long minutes = left.plusSeconds(59).toMinutes();
        return minutes < 60
                ? language.words().closesInMinutes(minutes)
                : language.words().closesInHours(minutes / 60, minutes % 60);
    }
}
