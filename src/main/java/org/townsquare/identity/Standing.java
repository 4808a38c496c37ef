package org.townsquare.identity;

import java.util.Set;
import java.util.UUID;

/** What the session look-up knows of a membership. */
public record Standing(UUID communityId, String status, Set<Role> roles) {}
