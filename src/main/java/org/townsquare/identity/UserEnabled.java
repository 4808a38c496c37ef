package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.PrivateText;

/** An account may be used again. */
@RegisterForReflection
record UserEnabled(UUID userId, PrivateText reason) implements AccountFact {}
