package org.townsquare.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Cookies;
import org.townsquare.platform.PublicUrl;

class DeviceCookieTest {
    @Test
    void over_https_it_is_bound_to_the_host() {
        assertEquals(
                "__Host-ts_d=x; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure",
                cookie("https://town.example").setting("x"));
        assertEquals(
                "ts_d=x; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax",
                cookie("http://localhost").setting("x"));
    }

    @Test
    void it_holds_128_bits() {
        assertEquals(22, cookie("http://localhost").draw().length());
    }

    private static DeviceCookie cookie(String url) {
        return new DeviceCookie(
                new CurrentVertxRequest(), RandomGenerator.of("L64X128MixRandom"), new Cookies(new PublicUrl(url)));
    }
}
