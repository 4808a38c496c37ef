package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;

@Path("/api/v1/communities/{communityId}/settings")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class CommunitySettingsResource {
    private final Viewer viewer;
    private final Journal journal;

    CommunitySettingsResource(Viewer viewer, Journal journal) {
        this.viewer = viewer;
        this.journal = journal;
    }

    /** Problems: {@code not-found}, {@code members-only}. */
    @GET
    @WithSession
    @Access(Permission.COMMUNITY_READ)
    @Operation(operationId = "readSettings", summary = "Read the settings of a community, as its member")
    @APIResponse(responseCode = "200", description = "The settings")
    public Uni<SettingsView> read(UUID communityId) {
        return Community.readBy(viewer, communityId)
                .invoke(community -> {
                    if (!viewer.hasPlatform(Permission.COMMUNITY_READ))
                        viewer.in(communityId).requireToRead();
                })
                .map(SettingsView::of);
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code narrow-not-allowed}. */
    @PUT
    @WithTransaction
    @Access(Permission.COMMUNITY_SETTINGS)
    @Operation(operationId = "changeSettings", summary = "Put the settings of a community, whole")
    @APIResponse(responseCode = "200", description = "The settings")
    public Uni<SettingsView> change(UUID communityId, @Valid ChangeSettings in) {
        return Community.heldBy(viewer, communityId)
                .call(community -> journal.record(viewer, community.put(viewer.in(communityId), in)))
                .map(SettingsView::of);
    }
}
