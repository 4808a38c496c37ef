package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** The author took a comment back: its texts are gone. */
@RegisterForReflection
record CommentDeleted(UUID communityId, UUID commentId, UUID proposalId) implements CommentFact {}
