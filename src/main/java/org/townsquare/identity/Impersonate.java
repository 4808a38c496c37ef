package org.townsquare.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request to act as a user. */
record Impersonate(
        @NotNull
        @Size(max = 500)
        @Pattern(regexp = "(?s)\\s*\\S.{8,}\\S\\s*", message = "says in 10 to 500 characters why")
        @Schema(description = "Why; the user reads it.")
        String reason,

        @NotNull @Min(1) @Max(60) Integer minutes) {}
