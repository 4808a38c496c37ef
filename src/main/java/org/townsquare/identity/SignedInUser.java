package org.townsquare.identity;

import java.security.Principal;
import java.util.List;
import java.util.UUID;

/** The principal of a request: a user, their session, and where they stand. Read afresh for every request. */
public record SignedInUser(UUID id, UUID sessionId, List<Standing> standings) implements Principal {
    @Override
    public String getName() {
        return id.toString();
    }
}
