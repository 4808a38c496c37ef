package org.townsquare.events;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The request to cancel an event. */
public record CancelEvent(@NotBlank @Size(max = 500) String reason) {}
