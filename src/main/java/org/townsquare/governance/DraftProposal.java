package org.townsquare.governance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to begin a proposal. */
record DraftProposal(
        @NotBlank @Size(max = 200) String title,
        @NotNull @Size(max = 50_000) String description,

        @Schema(description = "The decision rule; by default that of the community when the vote opens.") @Nullable
        UUID ruleId,

        @Schema(description = "Only who had checked in to this event when the vote opens votes.") @Nullable
        UUID presenceEventId,

        @Schema(description = "The proposal that this one is a second try of.") @Nullable
        UUID supersedesId) {}
