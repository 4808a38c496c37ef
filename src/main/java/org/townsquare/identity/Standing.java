package org.townsquare.identity;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the look-up of a session or key knows of a membership.
 *
 * @param frozen whether the platform has suspended the community
 * @param narrowed the permissions that the community gives to fewer roles, with these roles
 */
public record Standing(
        UUID communityId, String status, Set<Role> roles, boolean frozen, Map<Permission, Set<Role>> narrowed) {
    boolean isActive() {
        return status.equals("ACTIVE");
    }
}
