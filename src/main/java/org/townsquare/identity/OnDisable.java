package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** What a feature does when an account is disabled, in the same transaction. May refuse with a problem. */
public interface OnDisable {
    Uni<Void> disable(UUID userId);
}
