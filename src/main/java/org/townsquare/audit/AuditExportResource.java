package org.townsquare.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/communities/{communityId}/audit-log/export")
@Cancellable(false)
@Tag(name = "audit")
@Produces(AuditExportResource.NDJSON)
@Authenticated
class AuditExportResource {
    static final String NDJSON = "application/x-ndjson";

    private final Viewer viewer;
    private final LogExport export;

    AuditExportResource(Viewer viewer, LogExport export) {
        this.viewer = viewer;
        this.export = export;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code not-sealed-yet}. */
    @GET
    @OwnTransaction("a session for each page, so that a slow reader holds no connection")
    @Access(Permission.AUDIT_EXPORT)
    @Operation(
            operationId = "exportAuditLog",
            summary =
                    "The community's log with what proves it, a line for each entry; docs/verify/Verify.java verifies it")
    @APIResponse(
            responseCode = "200",
            description =
                    "JSON Lines: the checkpoint and the keys, each entry with its inclusion path (of what you may not read the digest), and the number of entries",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = String.class)))
    public RestMulti<ObjectNode> export(UUID communityId) {
        return RestMulti.fromUniResponse(
                Panache.withSession(() -> Community.visibleTo(viewer, communityId))
                        .map(community -> AuditReader.of(viewer, community))
                        .invoke(reader -> reader.member().require(Permission.AUDIT_EXPORT))
                        .chain(export::extent),
                export::lines,
                extent -> Map.of(
                        "Content-Disposition",
                        List.of("attachment; filename=\"audit-log-" + extent.community() + ".ndjson\""),
                        "Cache-Control",
                        List.of("private, no-store")));
    }
}
