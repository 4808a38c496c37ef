package org.townsquare.governance;

/** A comment with the name of its author and the title of its proposal. */
record CommentRow(Comment comment, String authorName, String title) {}
