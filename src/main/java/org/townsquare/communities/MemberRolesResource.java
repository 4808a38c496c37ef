package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Names;
import org.townsquare.journal.Journal;

@Path("/api/v1/communities/{communityId}/members/{userId}/roles")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MemberRolesResource {
    private final Viewer viewer;
    private final Journal journal;

    MemberRolesResource(Viewer viewer, Journal journal) {
        this.viewer = viewer;
        this.journal = journal;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code member-not-active}, {@code last-admin}. */
    @PUT
    @WithTransaction
    @Operation(operationId = "giveRoles", summary = "Set a member's roles; CITIZEN is always among them")
    @APIResponse(responseCode = "200", description = "The member with these roles")
    public Uni<MemberView> give(UUID communityId, UUID userId, @Valid GiveRoles in) {
        return Community.heldBy(viewer, communityId)
                .chain(community -> Member.heldIn(community, userId))
                .call(member -> Member.countAdmins(communityId)
                        .chain(admins ->
                                journal.record(viewer, member.giveRoles(viewer.in(communityId), in.roles(), admins))))
                .chain(member -> Names.of(userId).map(name -> MemberView.of(member, name)));
    }
}
