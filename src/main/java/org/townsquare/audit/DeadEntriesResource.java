package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.identity.PlatformRole;
import org.townsquare.journal.Followers;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/dead-entries")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class DeadEntriesResource {
    private final Followers followers;

    DeadEntriesResource(Followers followers) {
        this.followers = followers;
    }

    @GET
    @OwnTransaction("one statement of the journal")
    @Access(Permission.PLATFORM_FOLLOWERS)
    @Operation(operationId = "listDeadEntries", summary = "What the followers set aside (platform admins)")
    @APIResponse(responseCode = "200", description = "A page of dead entries, oldest first")
    public Uni<RestResponse<Page<Followers.Dead>>> list(@BeanParam Paging paging) {
        return followers
                .dead(paging.after(Cursor.of(new UUID(0, 0))).id(), paging.rows())
                .map(rows -> paging.answer(rows, row -> Cursor.of(row.entryId())));
    }
}
