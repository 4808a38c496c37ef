package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

@Path("/api/v1/communities/{communityId}/members/{userId}")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MemberResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final MemberAnswer answer;

    MemberResource(Viewer viewer, Journal journal, Clock clock, MemberAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    /** Problems: {@code not-found}, {@code members-only}. */
    @GET
    @WithSession
    @Access(Permission.MEMBER_READ)
    @Operation(operationId = "readMember", summary = "Read a membership: an active one; your own and, as ADMIN, any")
    @APIResponse(responseCode = "200", description = "The membership")
    public Uni<MemberView> read(UUID communityId, UUID userId) {
        return Community.readBy(viewer, communityId)
                .chain(community -> Member.shownTo(viewer, community, userId, clock.instant()))
                .chain(answer::view);
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code community-suspended}, {@code member-left}, {@code member-banned}, {@code last-admin}. */
    @DELETE
    @WithTransaction
    @Access(Permission.MEMBER_REMOVE)
    @Operation(
            operationId = "endMembership",
            summary = "Leave, or take back what you asked for; as ADMIN remove a member or decline who asks")
    @APIResponse(responseCode = "204", description = "No member any more")
    public Uni<Void> end(UUID communityId, UUID userId) {
        return Community.heldToEnd(viewer, communityId, userId)
                .chain(community ->
                        Member.guardedIn(viewer, community, userId, Permission.MEMBER_REMOVE, clock.instant()))
                .chain(held -> journal.record(
                        viewer, held.member().leave(viewer.in(communityId), held.otherAdmins(), clock.instant())));
    }
}
