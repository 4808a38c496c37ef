package org.townsquare.audit;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.identity.PlatformRole;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/audit-log")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class AuditLogResource {
    private final Viewer viewer;
    private final AuditLog log;

    AuditLogResource(Viewer viewer, AuditLog log) {
        this.viewer = viewer;
        this.log = log;
    }

    /** Problems: {@code parameter-invalid}. */
    @GET
    @WithSession
    @Access(Permission.PLATFORM_AUDIT)
    @Operation(
            operationId = "readPlatformAuditLog",
            summary = "Read what happened outside of communities, newest first (platform admins)")
    @APIResponse(responseCode = "200", description = "A page of the log")
    public Uni<RestResponse<Page<AuditEntryView>>> read(@BeanParam EntryQuery query, @BeanParam Paging paging) {
        return log.ofInstallation(AuditReader.ofInstallation(viewer), query, paging);
    }
}
