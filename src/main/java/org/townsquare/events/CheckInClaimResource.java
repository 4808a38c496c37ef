package org.townsquare.events;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/check-ins/{checkInId}/claim")
@Cancellable(false)
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class CheckInClaimResource {
    private final Viewer viewer;
    private final Claim claim;
    private final Repeats repeats;

    CheckInClaimResource(Viewer viewer, Claim claim, Repeats repeats) {
        this.viewer = viewer;
        this.claim = claim;
        this.repeats = repeats;
    }

    /** Problems: those of {@link Claim#of}. */
    @POST
    @OncePerKey
    @OwnTransaction(
            "a check-in under the own name that came at the same time ends its transaction; it is found in the next")
    @Access(Permission.CHECK_IN_SELF)
    @Operation(
            operationId = "claimCheckIn",
            summary = "Make an anonymous check-in your own, from the device that made it")
    @APIResponse(
            responseCode = "200",
            description = "Your check-in: this one, or where you had one already that, and this one is voided")
    public Uni<CheckInStateView> claim(UUID checkInId, @Valid ClaimCheckIn in) {
        return Claim.attempted(() -> repeats.withTransaction(() -> claim.of(viewer, checkInId)));
    }
}
