package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.townsquare.identity.Permission;

/**
 * The settings of a community were put.
 *
 * @param narrowed the permissions that fewer roles have there now
 */
@RegisterForReflection
record SettingsChanged(UUID communityId, List<Permission> narrowed, AuditReaders auditReaders)
        implements CommunityFact {}
