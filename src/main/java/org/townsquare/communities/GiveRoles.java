package org.townsquare.communities;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.townsquare.identity.Role;

/** The request to set a member's roles. */
record GiveRoles(@NotNull @Size(max = 7) Set<@NotNull Role> roles) {}
