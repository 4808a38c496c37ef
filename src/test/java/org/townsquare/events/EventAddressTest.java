package org.townsquare.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.townsquare.platform.PublicUrl;

class EventAddressTest {
    @Test
    void addresses_are_made_of_the_origin_and_the_code() {
        var url = new PublicUrl("https://Town.Example:8443/");
        var code = new EventCode("7K3M9QXR");
        assertEquals("HTTPS://TOWN.EXAMPLE:8443/C/7K3M9QXR", code.qrAt(url));
        assertEquals("https://town.example:8443/c/7K3M9QXR", code.urlAt(url));
    }
}
