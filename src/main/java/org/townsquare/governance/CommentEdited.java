package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A comment got another text; the one before is kept. */
@RegisterForReflection
record CommentEdited(UUID communityId, UUID commentId, UUID proposalId, int revision) implements CommentFact {}
