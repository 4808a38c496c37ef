package org.townsquare.governance;

import java.util.UUID;

/** An option as it is counted. {@code tieOrder} decides every tie that the method leaves: lower wins. */
record Candidate(UUID id, int tieOrder) {}
