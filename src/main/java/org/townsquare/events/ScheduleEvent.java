package org.townsquare.events;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to schedule an event. */
public record ScheduleEvent(
        @NotBlank @Size(max = 200) String title,
        @NotNull Instant startTime,
        @NotNull @Min(1) @Max(1440) Integer durationMinutes,

        @Size(max = 64)
        @Schema(description = "An IANA zone; without one that of the community's market.", examples = "Europe/Berlin")
        @Nullable
        String timeZone,

        @Size(max = 5000) @Nullable String description,
        @Size(max = 200) @Nullable String place,

        @Min(1) @Max(100000) @Schema(description = "How many may check in; without it all.") @Nullable
        Integer capacity,

        @Schema(description = "Whom the code lets in; without it anyone.") @Nullable
        Admission admission,

        @Schema(description = "From when people check in; without it at once.") @Nullable
        Instant opensAt,

        @Schema(
                description =
                        "Until when people check in; without it 12 hours after the end, or after now where that is later.")
        @Nullable
        Instant closesAt) {}
