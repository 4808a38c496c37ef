package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
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

@Path("/api/v1/invitations/{invitationId}")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class InvitationResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;

    InvitationResource(Viewer viewer, Journal journal, Clock clock) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
    }

    /** Problems: {@code not-found}, {@code not-allowed}. */
    @DELETE
    @WithTransaction
    @Access(Permission.MEMBER_INVITE)
    @Operation(operationId = "withdrawInvitation", summary = "Withdraw an invitation that you sent, or any as ADMIN")
    @APIResponse(responseCode = "204", description = "Nobody can accept it any more")
    public Uni<Void> withdraw(UUID invitationId) {
        return Invitation.heldBy(viewer, invitationId)
                .chain(invitation -> journal.record(
                        viewer, invitation.withdraw(viewer.in(invitation.communityId), clock.instant())));
    }
}
