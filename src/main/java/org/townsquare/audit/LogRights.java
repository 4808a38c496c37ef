package org.townsquare.audit;

import org.townsquare.communities.Viewer;
import org.townsquare.platform.Problem.Unauthorized;

/** Who may see what proves the log. */
final class LogRights {
    private LogRights() {}

    /** Everyone, or where {@code townsquare.audit.public} is false who is signed in. Problems: {@code sign-in-required}. */
    static void requireToRead(Viewer viewer, AuditConfig config) {
        if (!config.isPublic() && viewer.actorId() == null)
            throw new Unauthorized("sign-in-required", "Sign in to do this.");
    }
}
