package org.townsquare.communities;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Somebody is no member any more: they left, an ADMIN removed them, or their account was erased. */
@RegisterForReflection
record MemberLeft(UUID communityId, UUID memberId, UUID userId) implements MembershipFact {}
