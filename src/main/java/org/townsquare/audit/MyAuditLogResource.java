package org.townsquare.audit;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
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
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/me/audit-log")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyAuditLogResource {
    private final Viewer viewer;
    private final AuditLog log;

    MyAuditLogResource(Viewer viewer, AuditLog log) {
        this.viewer = viewer;
        this.log = log;
    }

    /** Problems: {@code parameter-invalid}. */
    @GET
    @WithSession
    @Access(Permission.ACCOUNT_READ)
    @Operation(
            operationId = "readMyAuditLog",
            summary = "Read what you did and what happened to your account, newest first, with where it came from")
    @APIResponse(responseCode = "200", description = "A page of the log")
    public Uni<RestResponse<Page<AuditEntryView>>> read(@BeanParam EntryQuery query, @BeanParam Paging paging) {
        return log.ofPerson(AuditReader.ofInstallation(viewer), query, paging);
    }
}
