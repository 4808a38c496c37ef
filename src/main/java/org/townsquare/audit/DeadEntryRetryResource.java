package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.PlatformRole;
import org.townsquare.journal.Followers;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Problem;

@Path("/api/v1/dead-entries/{entryId}/retry")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class DeadEntryRetryResource {
    private final Followers followers;

    DeadEntryRetryResource(Followers followers) {
        this.followers = followers;
    }

    @POST
    @OwnTransaction("the effect and the burial of the entry commit together, for each follower on its own")
    @Operation(operationId = "retryDeadEntry", summary = "Give a dead entry to its followers again (platform admins)")
    @APIResponse(responseCode = "204", description = "It was taken")
    public Uni<Void> retry(UUID entryId) {
        return followers
                .retry(entryId)
                .onFailure(e -> !(e instanceof Problem))
                .transform(e -> new Problem.Conflict("still-failing", "A follower still cannot take this entry."))
                .invoke(taken -> {
                    if (!taken) throw new Problem.NotFound();
                })
                .replaceWithVoid();
    }
}
