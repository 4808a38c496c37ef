package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.PrivateText;

/** An account may not be used any more. */
@RegisterForReflection
record UserDisabled(UUID userId, PrivateText reason) implements AccountFact {}
