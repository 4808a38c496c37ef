package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A ballot with the name of whose it is. */
@RegisterForReflection
record BallotRow(Ballot ballot, String name) {}
