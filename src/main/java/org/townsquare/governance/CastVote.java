package org.townsquare.governance;

import jakarta.validation.constraints.NotNull;

/** The request to vote. */
record CastVote(@NotNull Choice choice) {}
