package org.townsquare.events;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The request to make a group of events. */
public record CreateEventGroup(
        @NotBlank @Size(max = 120) String name,
        @Size(max = 5000) @Nullable String description) {}
