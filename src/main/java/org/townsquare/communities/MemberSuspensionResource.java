package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/communities/{communityId}/members/{userId}/suspension")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MemberSuspensionResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final MemberAnswer answer;

    MemberSuspensionResource(Viewer viewer, Journal journal, Clock clock, MemberAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code member-not-active}, {@code until-in-the-past}, {@code last-admin}. */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.MEMBER_SUSPEND)
    @Operation(operationId = "suspendMember", summary = "Suspend a member, who then reads and writes nothing")
    @APIResponse(responseCode = "200", description = "The suspended member")
    public Uni<MemberView> suspendMember(UUID communityId, UUID userId, @Valid SuspendMember in) {
        return Community.heldBy(viewer, communityId)
                .chain(community ->
                        Member.guardedIn(viewer, community, userId, Permission.MEMBER_SUSPEND, clock.instant()))
                .call(held -> journal.record(
                        viewer, held.member().suspend(viewer.in(communityId), in, held.otherAdmins(), clock.instant())))
                .map(Member.Guarded::member)
                .chain(answer::view);
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code member-not-suspended}. */
    @DELETE
    @WithTransaction
    @Access(Permission.MEMBER_SUSPEND)
    @Operation(operationId = "liftMemberSuspension", summary = "Lift the suspension of a member")
    @APIResponse(responseCode = "200", description = "The active member")
    public Uni<MemberView> liftMemberSuspension(UUID communityId, UUID userId) {
        return Community.visibleTo(viewer, communityId)
                .chain(community -> Member.heldIn(viewer, community, userId, Permission.MEMBER_SUSPEND))
                .call(member -> journal.record(viewer, member.liftSuspension(viewer.in(communityId), clock.instant())))
                .chain(answer::view);
    }
}
