package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
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
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/invitation-refusals")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class InvitationRefusalsResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final InvitationTokens tokens;
    private final Repeats repeats;

    InvitationRefusalsResource(Viewer viewer, Journal journal, Clock clock, InvitationTokens tokens, Repeats repeats) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.tokens = tokens;
        this.repeats = repeats;
    }

    /** Problems: {@code token-spent}, {@code invitation-by-link}, {@code too-many-tries}. */
    @POST
    @OncePerKey
    @OwnTransaction("a wrong token is counted while no connection is held")
    @Access(Permission.MEMBER_JOIN)
    @Operation(
            operationId = "refuseInvitation",
            summary = "Decline an invitation by e-mail, with or without an account")
    @APIResponse(responseCode = "204", description = "Declined")
    public Uni<Void> refuse(@Valid InvitationToken in) {
        return tokens.rowOf(viewer, in.token()).chain(id -> repeats.withTransaction(() -> decline(id)));
    }

    private Uni<Void> decline(UUID id) {
        return Invitation.heldByToken(viewer, id)
                .chain(invitation -> journal.record(viewer, invitation.decline(clock.instant())));
    }
}
