package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Somebody said something about a proposal. */
@RegisterForReflection
record CommentPosted(UUID communityId, UUID commentId, UUID proposalId) implements CommentFact {}
