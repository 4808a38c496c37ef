package org.townsquare.governance;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to answer a question: one of the three, by its method. */
record CastBallot(
        @Schema(description = "SINGLE_CHOICE, APPROVAL: the options chosen. Empty, for any method: a blank ballot.")
        @Size(max = 50)
        @Nullable
        List<@NotNull UUID> choices,

        @Schema(
                description =
                        "RANKED: ranks of options, the best first. With IRV one option a rank; with SCHULZE several in one rank are equal.")
        @Size(max = 50)
        @Nullable
        List<@NotNull @Size(min = 1, max = 50) List<@NotNull UUID>> ranking,

        @Schema(description = "SCORE: a score for each option; one left out has 0.") @Size(max = 50) @Nullable
        Map<@NotNull UUID, @NotNull Integer> scores) {}
