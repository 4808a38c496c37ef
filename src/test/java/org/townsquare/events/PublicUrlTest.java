package org.townsquare.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {
    @Test
    void addresses_are_made_of_the_origin_and_the_code() {
        var url = new PublicUrl("https://Town.Example:8443/");
        var code = new EventCode("7K3M9QXR");
        assertEquals("HTTPS://TOWN.EXAMPLE:8443/C/7K3M9QXR", url.codeQr(code));
        assertEquals("https://town.example:8443/c/7K3M9QXR", url.checkInUrl(code));
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
