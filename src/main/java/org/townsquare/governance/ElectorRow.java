package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** An elector with the name. */
@RegisterForReflection
record ElectorRow(Elector elector, String name) {}
