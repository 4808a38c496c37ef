package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
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

@Path("/api/v1/log/consistency")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class LogConsistencyResource {
    private final Viewer viewer;
    private final AuditConfig config;
    private final Proofs proofs;

    LogConsistencyResource(Viewer viewer, AuditConfig config, Proofs proofs) {
        this.viewer = viewer;
        this.config = config;
        this.proofs = proofs;
    }

    /** Problems: {@code parameter-invalid}, {@code not-sealed-yet}, {@code sign-in-required}. */
    @GET
    @OwnTransaction("statements of a log that only grows")
    @Access(Permission.LOG_READ)
    @Operation(
            operationId = "proveConsistency",
            summary = "What proves that the log at one size continues the log at a smaller one")
    @APIResponse(responseCode = "200", description = "The consistency path")
    @APIResponse(responseCode = "404")
    public Uni<ConsistencyView> prove(@BeanParam Sizes sizes) {
        LogRights.requireToRead(viewer, config);
        return proofs.consistency(sizes.smaller(), sizes.larger());
    }
}
