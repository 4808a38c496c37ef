package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
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

@Path("/api/v1/communities/{communityId}/members/{userId}/approval")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MemberApprovalResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final MemberAnswer answer;

    MemberApprovalResource(Viewer viewer, Journal journal, Clock clock, MemberAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code member-not-pending}. */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.MEMBER_ADMIT)
    @Operation(operationId = "approveMember", summary = "Approve who has asked to become a member")
    @APIResponse(responseCode = "200", description = "The new member")
    public Uni<MemberView> approveMember(UUID communityId, UUID userId, @Valid Nothing in) {
        return Community.visibleTo(viewer, communityId)
                .chain(community -> Member.heldIn(viewer, community, userId, Permission.MEMBER_ADMIT))
                .call(member -> journal.record(viewer, member.approve(viewer.in(communityId), clock.instant())))
                .chain(answer::view);
    }
}
