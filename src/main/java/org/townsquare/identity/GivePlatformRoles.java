package org.townsquare.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;

/** The request to set what someone is on the whole installation. */
record GivePlatformRoles(@NotNull @Size(max = 1) Set<@NotNull PlatformRole> roles) {}
