package org.townsquare.events;

import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Member;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.Unauthorized;

/** Whom the code of an event lets in; its staff may check in anybody. */
public enum Admission {
    ANYONE,
    SIGNED_IN,
    MEMBERS;

    /**
     * Why it lets somebody not in who holds the code: {@code sign-in-required}, {@code members-only}; null where it does.
     *
     * @param signedIn whether it is known who they are
     * @param member they as a member of the event's community
     */
    @Nullable
    Problem refusal(boolean signedIn, Member member) {
        if (this == ANYONE) return null;
        if (!signedIn) return new Unauthorized("sign-in-required", "Sign in, then check in with the same code.");
        return this == SIGNED_IN || member.isActive()
                ? null
                : new Forbidden("members-only", "Join the community, then check in with the same code.");
    }
}
