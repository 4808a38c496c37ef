package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/** A user changed what they show of themselves; which fields, not to what. */
@RegisterForReflection
record ProfileChanged(UUID userId, List<ProfileField> fields) implements AccountFact {}
