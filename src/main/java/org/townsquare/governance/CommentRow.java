package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A comment with the name of its author and the title of its proposal. */
@RegisterForReflection
record CommentRow(Comment comment, String authorName, String title) {}
