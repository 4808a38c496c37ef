package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.identity.PlatformRole;
import org.townsquare.journal.Followers;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/followers")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class FollowersResource {
    private final Followers followers;

    FollowersResource(Followers followers) {
        this.followers = followers;
    }

    @GET
    @OwnTransaction("one statement of the journal")
    @Access(Permission.PLATFORM_FOLLOWERS)
    @Operation(operationId = "listFollowers", summary = "How the followers of the journal fare (platform admins)")
    @APIResponse(responseCode = "200", description = "Every follower")
    public Uni<List<Followers.Standing>> list() {
        return followers.standing();
    }
}
