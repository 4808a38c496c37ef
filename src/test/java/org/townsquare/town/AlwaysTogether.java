package org.townsquare.town;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** What is batched goes by the statement for many even where it is alone, so that the tests of what one is answered hold that one to it, too. */
public final class AlwaysTogether implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("townsquare.database.batches-at-once", "0");
    }
}
