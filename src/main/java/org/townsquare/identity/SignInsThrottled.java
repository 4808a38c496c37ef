package org.townsquare.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** More sign-ins with a wrong password than are let through from networks where the account is not known. */
@RegisterForReflection
record SignInsThrottled(UUID userId) implements AccountFact {}
