package org.townsquare.platform;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The cookies of this installation: out of reach of scripts, not sent along with writes of other sites, and over https bound to the host. */
@Singleton
public class Cookies {
    private final PublicUrl url;

    public Cookies(PublicUrl url) {
        this.url = url;
    }

    /** The value that a request brings; null without one. */
    public @Nullable String sent(HttpServerRequest request, String name) {
        var cookie = request.getCookie(named(name));
        return cookie == null ? null : cookie.getValue();
    }

    /** The {@code Set-Cookie} of this value. */
    public String setting(String name, String value, Duration life) {
        return named(name) + "=" + value + "; Path=/; Max-Age=" + life.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (url.isSecure() ? "; Secure" : "");
    }

    /** Browsers take the prefix over https alone. */
    private String named(String name) {
        return url.isSecure() ? "__Host-" + name : name;
    }
}
