package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** An own vote with the title of its proposal. */
@RegisterForReflection
record MyVoteRow(Vote vote, String title) {}
