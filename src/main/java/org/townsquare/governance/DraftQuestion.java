package org.townsquare.governance;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request to write a question. */
record DraftQuestion(
        @NotBlank @Size(max = 200) String title,
        @Size(max = 20_000) @Nullable String description,
        @NotNull VotingMethod method,

        @Schema(description = "For RANKED; by default IRV.") @Nullable
        Counting counting,

        @Schema(description = "Who reads after the close who answered what; by default MEMBERS.") @Nullable
        Secrecy secrecy,

        @Schema(description = "When the counts are shown; by default AFTER_CLOSE.") @Nullable
        Results results,

        @NotNull @Size(min = 2, max = 50) List<@NotNull @Valid OptionText> options,

        @Schema(description = "Whether a ballot may choose nothing; by default it may.") @Nullable
        Boolean allowBlank,

        @Schema(description = "For APPROVAL: how many options a ballot chooses at least; by default 1.")
        @Min(1)
        @Max(50)
        @Nullable
        Integer minChoices,

        @Schema(description = "For APPROVAL: how many options a ballot chooses at most; by default all.")
        @Min(1)
        @Max(50)
        @Nullable
        Integer maxChoices,

        @Schema(description = "For SCORE: the highest score; by default 10.") @Min(1) @Max(100) @Nullable
        Integer maxScore,

        @Schema(
                description =
                        "The decision rule whose voters, weights, quorum and times hold; by default that of the community when the question is opened.")
        @Nullable
        UUID ruleId) {}
