package org.townsquare.governance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The request to change a comment. */
record EditComment(@NotBlank @Size(max = 5000) String content) {}
