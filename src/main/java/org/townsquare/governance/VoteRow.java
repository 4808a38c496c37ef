package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A vote with the name of its voter. */
@RegisterForReflection
record VoteRow(Vote vote, String name) {}
