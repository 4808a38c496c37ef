package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/** What someone is on the whole installation was set. */
@RegisterForReflection
record PlatformRolesChanged(UUID userId, List<PlatformRole> before, List<PlatformRole> after) implements AccountFact {}
