package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** What a new account needs from a feature, made in the transaction that opens it. */
public interface OnSignUp {
    Uni<Void> welcome(UUID userId);
}
