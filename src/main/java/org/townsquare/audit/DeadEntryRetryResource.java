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
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.identity.PlatformRole;
import org.townsquare.journal.Followers;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Repeats;

@Path("/api/v1/dead-entries/{entryId}/retry")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class DeadEntryRetryResource {
    private final Followers followers;
    private final Repeats repeats;

    DeadEntryRetryResource(Followers followers, Repeats repeats) {
        this.followers = followers;
        this.repeats = repeats;
    }

    @POST
    @OncePerKey
    @OwnTransaction("the effect and the burial of the entry commit together, for each follower on its own")
    @Access(Permission.PLATFORM_FOLLOWERS)
    @Operation(operationId = "retryDeadEntry", summary = "Give a dead entry to its followers again (platform admins)")
    @APIResponse(responseCode = "204", description = "It was taken")
    public Uni<Void> retry(UUID entryId) {
        return repeats.withConnection(
                () -> taken(followers.retry(entryId)), transaction -> taken(followers.retry(transaction, entryId)));
    }

    private static Uni<Void> taken(Uni<Boolean> retry) {
        return retry.onFailure(e -> !(e instanceof Problem))
                .transform(e -> new Problem.Conflict("still-failing", "A follower still cannot take this entry."))
                .invoke(taken -> {
                    if (!taken) throw new Problem.NotFound();
                })
                .replaceWithVoid();
    }
}
