package org.townsquare.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom the staff of an event let in.
 *
 * @param participantId whom they know; null for a walk-in
 * @param walkInName what a walk-in is called, if they say so
 * @param override whether it does not matter that check-in is closed, or that every place is taken
 * @param reason why it does not
 * @param clientId known again by it; null where it was drawn by nobody
 */
record Arrival(
        @Nullable UUID participantId,
        @Nullable String walkInName,
        boolean override,
        @Nullable String reason,
        @Nullable UUID clientId) {}
