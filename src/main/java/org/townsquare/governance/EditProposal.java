package org.townsquare.governance;

import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.NotBlankIfGiven;

/** The request to change a draft: what is left out stays. */
record EditProposal(
        @NotBlankIfGiven @Size(max = 200) @Nullable String title,

        @Size(max = 50_000) @Nullable String description,
        @Nullable UUID ruleId,
        @Nullable UUID presenceEventId) {}
