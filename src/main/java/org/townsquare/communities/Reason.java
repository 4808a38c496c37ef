package org.townsquare.communities;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why something is done to somebody: told to them and to the ADMINs. */
record Reason(@NotBlank @Size(max = 500) String reason) {}
