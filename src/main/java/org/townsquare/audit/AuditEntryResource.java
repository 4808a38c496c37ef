package org.townsquare.audit;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;

@Path("/api/v1/audit-entries/{entryId}")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class AuditEntryResource {
    private final Viewer viewer;
    private final AuditEntries entries;

    AuditEntryResource(Viewer viewer, AuditEntries entries) {
        this.viewer = viewer;
        this.entries = entries;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code sign-in-required}. */
    @GET
    @WithSession
    @Access(Permission.AUDIT_READ)
    @Operation(operationId = "readAuditEntry", summary = "Read one entry of the log")
    @APIResponse(responseCode = "200", description = "The entry, or its digest where you may not read it")
    public Uni<AuditEntryView> read(UUID entryId) {
        return entries.shownTo(viewer, entryId);
    }
}
