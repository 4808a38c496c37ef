package org.townsquare.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShownOnceTest {
    private static final String SECRET = "a-secret-of-somebody";

    @Test
    void no_answer_with_a_secret_has_it_in_its_text() {
        UUID id = new UUID(0, 1);
        Instant now = Instant.parse("2026-11-20T09:30:00Z");
        ApiKey key = new ApiKey();
        key.scopes = new String[0];
        User user = new User();
        user.id = id;
        user.name = "Ada";
        for (Object view : List.of(
                new SignedInView(UserView.of(user), SECRET, now),
                new CreatedApiKeyView(ApiKeyView.of(key), SECRET),
                new ImpersonationView(id, "Ada", SECRET, now)))
            assertFalse(view.toString().contains(SECRET), view.toString());
    }
}
