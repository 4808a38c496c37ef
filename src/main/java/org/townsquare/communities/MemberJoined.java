package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Somebody became an active member. */
@RegisterForReflection
record MemberJoined(UUID communityId, UUID memberId, UUID userId) implements MembershipFact {}
