package org.townsquare.governance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An option as it is written. */
record OptionText(
        @NotBlank @Size(max = 200) String label,
        @Size(max = 5000) @Nullable String description,

        @Schema(description = "Whether it leaves things as they are: it wins every tie. At most one option is that.")
        @Nullable
        Boolean statusQuo) {}
