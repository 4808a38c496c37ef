package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.townsquare.identity.Guesses;
import org.townsquare.identity.Pepper;
import org.townsquare.journal.Actor;

/** The tokens of invitations, which are derived and never stored. */
@Singleton
class InvitationTokens {
    private static final String TABLE = "invitation";

    private final Pepper pepper;
    private final Guesses guesses;

    InvitationTokens(Pepper pepper, Guesses guesses) {
        this.pepper = pepper;
        this.guesses = guesses;
    }

    String of(UUID invitationId) {
        return pepper.token(TABLE, invitationId);
    }

    /** Not for one who holds a connection: to count takes another. Problems: {@code token-spent} for one that is none of ours, {@code too-many-tries} after too many of these. */
    Uni<UUID> rowOf(Actor who, String token) {
        return guesses.counted(
                who,
                "token-spent",
                () -> Uni.createFrom().item(() -> pepper.rowOf(TABLE, token).orElseThrow(Invitation::spent)));
    }
}
