package org.townsquare.events;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request to check in. */
record CheckInByCode(
        @NotNull
        @Schema(description = "As it is shown or typed: case, spaces and dashes do not matter.", examples = "7K3M-9QXR")
        String code) {}
