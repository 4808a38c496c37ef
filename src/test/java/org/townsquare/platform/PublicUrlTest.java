package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {
    @Test
    void an_origin_is_in_lower_case() {
        var url = new PublicUrl("https://Town.Example:8443/");
        assertEquals("https://town.example:8443", url.origin());
        assertTrue(url.isSecure());
    }

    @Test
    void the_usual_port_is_left_out_as_browsers_do() {
        assertEquals("https://town.example", new PublicUrl("https://town.example:443").origin());
        assertEquals("http://town.example", new PublicUrl("http://town.example:80").origin());
        assertEquals("http://town.example:443", new PublicUrl("http://town.example:443").origin());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "town.example",
                "ftp://town.example",
                "https://",
                "https://town.example/square",
                "https://town.example?x",
                "https://me@town.example",
                "https://town.example/#x",
                "mailto:me@town.example",
                "https://to wn"
            })
    void anything_else_stops_the_start(String configured) {
        assertThrows(IllegalArgumentException.class, () -> new PublicUrl(configured));
    }
}
