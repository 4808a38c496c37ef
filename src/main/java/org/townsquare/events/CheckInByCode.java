package org.townsquare.events;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to check in. */
record CheckInByCode(
        @NotNull
        @Schema(description = "As it is shown or typed: case, spaces and dashes do not matter.", examples = "7K3M-9QXR")
        String code,

        @Schema(description = "Drawn by the client for this check-in: sent again at this event it is the same one.")
        @Nullable
        UUID clientId) {}
