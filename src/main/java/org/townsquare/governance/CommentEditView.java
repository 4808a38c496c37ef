package org.townsquare.governance;

import java.time.Instant;

/** A text that a comment had. */
record CommentEditView(int revision, String content, Instant replacedAt) {
    static CommentEditView of(CommentEdit edit) {
        return new CommentEditView(edit.revision, edit.content, edit.replacedAt);
    }
}
