package org.townsquare.identity;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Cookies;

/** The session of a browser: the token, where no script reads it. */
@Singleton
class SessionCookie {
    private static final String NAME = "townsquare";

    private final Cookies cookies;

    SessionCookie(Cookies cookies) {
        this.cookies = cookies;
    }

    /** The one that counts; null where the request says by a header who it is. */
    @Nullable
    String sent(HttpServerRequest request) {
        return request.headers().contains("Authorization") ? null : cookies.sent(request, NAME);
    }

    /** The {@code Set-Cookie} of a new session: the browser keeps it for as long as one lasts at most. */
    String setting(String token) {
        return cookies.setting(NAME, token, Session.LIFE);
    }

    /** The {@code Set-Cookie} that takes it back. */
    String clearing() {
        return cookies.setting(NAME, "", Duration.ZERO);
    }
}
