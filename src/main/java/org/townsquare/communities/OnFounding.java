package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** What a new community needs from a feature, made in the transaction that founds it. */
public interface OnFounding {
    Uni<Void> prepare(UUID communityId);
}
