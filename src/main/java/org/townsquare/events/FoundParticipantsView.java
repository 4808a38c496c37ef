package org.townsquare.events;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** People with a name that was looked for. */
public record FoundParticipantsView(
        @Schema(description = "In the order of their names; the first 20.")
        List<ParticipantView> items) {}
