package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.townsquare.journal.PrivateText;

/** The council hid a comment from others than its author. */
@RegisterForReflection
record CommentHidden(UUID communityId, UUID commentId, UUID proposalId, PrivateText reason) implements CommentFact {}
