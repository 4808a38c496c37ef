package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
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
import org.townsquare.platform.Page;

@Path("/api/v1/permissions")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class PermissionsResource {
    @GET
    @WithSession
    @Access(Permission.PERMISSION_READ)
    @Operation(operationId = "listPermissions", summary = "Read the table of rights: which role gives which permission")
    @APIResponse(responseCode = "200", description = "All permissions; there is no further page")
    public Uni<Page<PermissionView>> list() {
        return Uni.createFrom().item(() -> new Page<>(PermissionView.all(), null));
    }
}
