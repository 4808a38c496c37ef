package org.townsquare.governance;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to change a question that is not yet open: what is left out stays. */
record EditQuestion(
        @NotBlankIfGiven @Size(max = 200) @Nullable String title,

        @Size(max = 20_000) @Nullable String description,
        @Nullable VotingMethod method,
        @Nullable Counting counting,
        @Nullable Secrecy secrecy,
        @Nullable Results results,

        @Schema(description = "All of them, in their order.") @Size(min = 2, max = 50) @Nullable
        List<@NotNull @Valid OptionText> options,

        @Nullable Boolean allowBlank,
        @Min(1) @Max(50) @Nullable Integer minChoices,
        @Min(1) @Max(50) @Nullable Integer maxChoices,
        @Min(1) @Max(100) @Nullable Integer maxScore,
        @Nullable UUID ruleId) {}
