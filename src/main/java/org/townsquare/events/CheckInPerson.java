package org.townsquare.events;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to check in somebody whom the community knows. */
public record CheckInPerson(
        @NotNull UUID participantId,

        @Schema(description = "Also where check-in is closed or every place is taken; then with a reason.") @Nullable
        Boolean override,

        @NotBlankIfGiven @Size(max = 500) @Nullable String reason,

        @Schema(description = "Drawn by the client for this check-in: sent again at this event it is the same one.")
        @Nullable
        UUID clientId) {
    Arrival arrival() {
        return new Arrival(participantId, null, Boolean.TRUE.equals(override), reason, clientId);
    }
}
