package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
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
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/log/checkpoints")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class LogCheckpointsResource {
    private final Viewer viewer;
    private final AuditConfig config;
    private final Proofs proofs;

    LogCheckpointsResource(Viewer viewer, AuditConfig config, Proofs proofs) {
        this.viewer = viewer;
        this.config = config;
        this.proofs = proofs;
    }

    /** Problems: {@code sign-in-required}. */
    @GET
    @OwnTransaction("one statement of the log")
    @Access(Permission.LOG_READ)
    @Operation(operationId = "listCheckpoints", summary = "The checkpoints of the log, newest first")
    @APIResponse(responseCode = "200", description = "A page of checkpoints")
    public Uni<RestResponse<Page<CheckpointView>>> list(@BeanParam Paging paging) {
        LogRights.requireToRead(viewer, config);
        long below = paging.after(Cursor.of(new UUID(0, Long.MAX_VALUE))).id().getLeastSignificantBits();
        return proofs.checkpoints(below, paging.rows())
                .map(rows -> paging.answer(rows, row -> Cursor.of(new UUID(0, row.size()))));
    }
}
