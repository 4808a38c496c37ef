package org.townsquare.governance;

import java.util.UUID;
import org.townsquare.journal.Fact;

/** What happened to a comment. */
interface CommentFact extends Fact {
    UUID commentId();

    @Override
    default Subject subject() {
        return new Subject("comment", commentId());
    }

    @Override
    default Audience audience() {
        return Audience.MEMBER;
    }
}
