package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A comment that was hidden is shown again. */
@RegisterForReflection
record CommentShown(UUID communityId, UUID commentId, UUID proposalId) implements CommentFact {}
