package org.townsquare.audit;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
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
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/communities/{communityId}/audit-log")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class CommunityAuditLogResource {
    private final Viewer viewer;
    private final AuditLog log;

    CommunityAuditLogResource(Viewer viewer, AuditLog log) {
        this.viewer = viewer;
        this.log = log;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code sign-in-required}, {@code parameter-invalid}. */
    @GET
    @WithSession
    @Access(Permission.AUDIT_READ)
    @Operation(operationId = "readAuditLog", summary = "Read what happened in the community, newest first")
    @APIResponse(responseCode = "200", description = "A page of the log")
    public Uni<RestResponse<Page<AuditEntryView>>> read(
            UUID communityId, @BeanParam EntryQuery query, @BeanParam Paging paging) {
        return Community.readBy(viewer, communityId)
                .chain(community -> log.ofCommunity(AuditReader.of(viewer, community), query, paging));
    }
}
