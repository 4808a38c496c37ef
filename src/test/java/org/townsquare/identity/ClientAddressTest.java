package org.townsquare.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    @Test
    void who_believes_a_proxy_says_which() {
        assertDoesNotThrow(() -> new ClientAddress(false, false, Optional.empty()));
        assertDoesNotThrow(() -> new ClientAddress(true, false, Optional.of(List.of("10.0.0.5"))));
        assertThrows(IllegalArgumentException.class, () -> new ClientAddress(true, false, Optional.empty()));
    }
}
