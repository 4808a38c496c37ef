package org.townsquare.communities;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Caller;
import org.townsquare.identity.PlatformRole;
import org.townsquare.identity.SignedInUser;
import org.townsquare.identity.Standing;
import org.townsquare.journal.Actor;

/** Who is looking, and as whom in each community. All of it is known without a query. */
@RequestScoped
public class Viewer implements Actor {
    private static final UUID NOBODY = new UUID(0, 0);

    private final Caller caller;

    Viewer(Caller caller) {
        this.caller = caller;
    }

    /** Problems: {@code sign-in-required}. */
    public UUID userId() {
        return caller.user().id();
    }

    /** For finders: the user, or an id that nobody has. */
    public UUID userIdOrNobody() {
        SignedInUser user = caller.userOrNull();
        return user == null ? NOBODY : user.id();
    }

    public boolean is(PlatformRole role) {
        return caller.is(role);
    }

    /** The viewer as a member; without a membership a stranger, who holds no role. */
    public Member in(UUID communityId) {
        SignedInUser user = caller.userOrNull();
        if (user != null)
            for (Standing standing : user.standings())
                if (standing.communityId().equals(communityId)) return Member.standing(user.id(), standing);
        return Member.stranger(communityId, userIdOrNobody());
    }

    @Override
    public @Nullable UUID actorId() {
        return caller.actorId();
    }

    @Override
    public Credential credential() {
        return caller.credential();
    }

    @Override
    public @Nullable Origin origin() {
        return caller.origin();
    }

    @Override
    public @Nullable String requestId() {
        return caller.requestId();
    }
}
