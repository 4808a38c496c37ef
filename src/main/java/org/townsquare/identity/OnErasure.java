package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** What a feature does when an account is erased, in the same transaction; what must stay keeps the bare id. May refuse with a problem. */
public interface OnErasure {
    Uni<Void> erase(UUID userId);

    /** Refuses, when the user asks for the erasure, what would be refused at its time; changes nothing. */
    Uni<Void> check(UUID userId);
}
