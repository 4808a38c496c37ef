package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;
import org.townsquare.identity.User;
import org.townsquare.journal.Journal;

@Path("/api/v1/communities/{communityId}/members/{userId}/roles")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MemberRolesResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final MemberAnswer answer;

    MemberRolesResource(Viewer viewer, Journal journal, Clock clock, MemberAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code member-not-active}, {@code last-admin}. */
    @PUT
    @WithTransaction
    @Access(Permission.MEMBER_ROLES)
    @Operation(operationId = "giveRoles", summary = "Set a member's roles; CITIZEN is always among them")
    @APIResponse(responseCode = "200", description = "The member with these roles")
    public Uni<MemberView> give(UUID communityId, UUID userId, @Valid GiveRoles in) {
        return inUse(userId, in)
                .chain(inUse -> Community.heldByReader(viewer, communityId)
                        .chain(community ->
                                Member.guardedIn(viewer, community, userId, Permission.MEMBER_ROLES, clock.instant()))
                        .call(held -> journal.record(viewer, given(communityId, held, in, inUse))))
                .map(Member.Guarded::member)
                .chain(answer::view);
    }

    /** A new ADMIN is one to rely on: whoever disables the account comes before, or sees the role. */
    private static Uni<Boolean> inUse(UUID userId, GiveRoles in) {
        return in.roles().contains(Role.ADMIN)
                ? User.staysActive(userId)
                : Uni.createFrom().item(true);
    }

    private List<RolesChanged> given(UUID communityId, Member.Guarded held, GiveRoles in, boolean inUse) {
        Member by = viewer.in(communityId);
        if (!by.may(Permission.MEMBER_ROLES) && viewer.hasPlatform(Permission.MEMBER_ROLES))
            return held.member().nameAdmin(viewer, in.roles(), inUse, clock.instant());
        return held.member().giveRoles(by, in.roles(), inUse, held.otherAdmins(), clock.instant());
    }
}
