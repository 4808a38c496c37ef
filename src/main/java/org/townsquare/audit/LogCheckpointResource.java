package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/log/checkpoint")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.TEXT_PLAIN)
@PermitAll
class LogCheckpointResource {
    private final Viewer viewer;
    private final AuditConfig config;
    private final Proofs proofs;

    LogCheckpointResource(Viewer viewer, AuditConfig config, Proofs proofs) {
        this.viewer = viewer;
        this.config = config;
        this.proofs = proofs;
    }

    /** Problems: {@code not-sealed-yet}, {@code sign-in-required}. */
    @GET
    @OwnTransaction("one statement of the log")
    @Access(Permission.LOG_READ)
    @Operation(
            operationId = "readCheckpoint",
            summary = "The last signed checkpoint of the log, a C2SP tlog-checkpoint")
    @APIResponse(responseCode = "200", description = "The signed note")
    @APIResponse(responseCode = "404")
    public Uni<String> read() {
        LogRights.requireToRead(viewer, config);
        return proofs.last().map(StoredCheckpoint::note);
    }
}
