package org.townsquare.events;

import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to let in somebody without an account. */
public record CheckInWalkIn(
        @Schema(description = "Shown to the staff of events alone.") @NotBlankIfGiven @Size(max = 120) @Nullable
        String name,

        @Schema(description = "Also where check-in is closed or every place is taken; then with a reason.") @Nullable
        Boolean override,

        @NotBlankIfGiven @Size(max = 500) @Nullable String reason,

        @Schema(description = "Drawn by the client for this check-in: sent again at this event it is the same one.")
        @Nullable
        UUID clientId) {
    Arrival arrival() {
        return new Arrival(null, name == null ? null : name.strip(), Boolean.TRUE.equals(override), reason, clientId);
    }
}
