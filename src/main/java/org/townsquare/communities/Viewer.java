package org.townsquare.communities;

import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Caller;
import org.townsquare.identity.Permission;
import org.townsquare.identity.SignedInUser;
import org.townsquare.identity.Standing;
import org.townsquare.journal.Actor;
import org.townsquare.platform.Problem.NotFound;

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

    /** Whether the viewer has this permission of the platform, by role and by credential. */
    public boolean hasPlatform(Permission permission) {
        return caller.hasPlatform(permission);
    }

    /** Problems: {@code not-allowed}. */
    public void requirePlatform(Permission permission) {
        caller.requirePlatform(permission);
    }

    /** Whether an admin acts as this user: then what the user decided alone, such as a ballot, is not shown. */
    public boolean isImpersonated() {
        return caller.impersonatorId() != null;
    }

    /**
     * The one community that the credential is for; null for all. Every finder by an id that does not name its community ends in
     * {@link #reached}, and every hot statement takes this.
     */
    public @Nullable UUID within() {
        SignedInUser user = caller.userOrNull();
        return user == null ? null : user.within();
    }

    /**
     * For hot statements: the communities where a right that the viewer once got still counts. Not those that have suspended or banned them, that the
     * platform has suspended, that are deleted, or that the credential is not for.
     */
    public UUID[] unbarred() {
        SignedInUser user = caller.userOrNull();
        if (user == null) return new UUID[0];
        return user.standings().stream()
                .filter(it -> !it.frozen() && !Member.BARRED.contains(MemberStatus.valueOf(it.status())))
                .map(Standing::communityId)
                .toArray(UUID[]::new);
    }

    /** For hot statements that strangers may run: the communities where the viewer stands so. */
    public UUID[] communitiesAs(MemberStatus status) {
        SignedInUser user = caller.userOrNull();
        if (user == null) return new UUID[0];
        return user.standings().stream()
                .filter(it -> it.status().equals(status.name()))
                .map(Standing::communityId)
                .toArray(UUID[]::new);
    }

    /** The communities where the viewer has this permission, by role and by credential. */
    public List<UUID> communitiesWith(Permission permission) {
        SignedInUser user = caller.userOrNull();
        if (user == null) return List.of();
        return user.standings().stream()
                .map(standing -> Member.standing(user, standing))
                .filter(member -> member.may(permission))
                .map(member -> member.communityId)
                .toList();
    }

    /** A thing of this community, unless the credential is for another; else {@code not-found}. */
    public <T> T reached(UUID communityId, T thing) {
        UUID within = within();
        if (within != null && !within.equals(communityId)) throw new NotFound();
        return thing;
    }

    /** The viewer as a member; without a membership a stranger, who holds no role. */
    public Member in(UUID communityId) {
        SignedInUser user = caller.userOrNull();
        if (user != null)
            for (Standing standing : user.standings())
                if (standing.communityId().equals(communityId)) return Member.standing(user, standing);
        return Member.stranger(communityId, userIdOrNobody());
    }

    @Override
    public @Nullable UUID actorId() {
        return caller.actorId();
    }

    @Override
    public @Nullable UUID impersonatorId() {
        return caller.impersonatorId();
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
