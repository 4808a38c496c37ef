package org.townsquare.governance;

import java.util.UUID;

/** Who wrote it. */
record AuthorView(UUID id, String name) {}
