package org.townsquare.events;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Cookies;
import org.townsquare.platform.Digest;

/**
 * Tells one anonymous device from another for half a day: 128 random bits. The service keeps only a keyed hash of them, with another key for each
 * event.
 */
@ApplicationScoped
public class DeviceCookie {
    private static final String NAME = "ts_d";
    private static final Duration LIFE = Duration.ofHours(12);
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

    private final CurrentVertxRequest current;
    private final RandomGenerator random;
    private final Cookies cookies;

    DeviceCookie(CurrentVertxRequest current, RandomGenerator random, Cookies cookies) {
        this.current = current;
        this.random = random;
        this.cookies = cookies;
    }

    /** That of this request; null without one, or with one that is not ours. */
    @Nullable
    String sent() {
        String value = cookies.sent(current.getCurrent().request(), NAME);
        return value != null && FORM.matcher(value).matches() ? value : null;
    }

    String draw() {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return Digest.base64Url(bits);
    }

    /** The {@code Set-Cookie} of a device that has none yet; null where it has one. */
    public @Nullable String offer() {
        return sent() == null ? setting(draw()) : null;
    }

    String setting(String value) {
        return cookies.setting(NAME, value, LIFE);
    }
}
