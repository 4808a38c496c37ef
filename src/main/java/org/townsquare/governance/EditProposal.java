package org.townsquare.governance;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The request to change a draft: what is left out stays. */
record EditProposal(
        @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") @Size(max = 200) @Nullable
        String title,

        @Size(max = 50_000) @Nullable String description,
        @Nullable UUID ruleId) {}
