package org.townsquare.audit;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;

@Path("/api/v1/audit-entries/{entryId}/proof")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class AuditEntryProofResource {
    private final Viewer viewer;
    private final AuditEntries entries;
    private final Proofs proofs;
    private final AuditConfig config;

    AuditEntryProofResource(Viewer viewer, AuditEntries entries, Proofs proofs, AuditConfig config) {
        this.viewer = viewer;
        this.entries = entries;
        this.proofs = proofs;
        this.config = config;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code sign-in-required}. */
    @GET
    @OwnTransaction("the entry is found in a session, then the tree is read, one connection after the other")
    @Access(Permission.AUDIT_READ)
    @Operation(operationId = "proveAuditEntry", summary = "What proves that an entry stands in the signed log")
    @APIResponse(
            responseCode = "200",
            description = "Leaf, inclusion path and checkpoint",
            content = @Content(schema = @Schema(implementation = ProofView.class)))
    @APIResponse(
            responseCode = "202",
            description = "No checkpoint covers it yet: ask again after `Retry-After`",
            content = @Content(schema = @Schema(implementation = ProofView.class)))
    public Uni<RestResponse<ProofView>> prove(UUID entryId) {
        return Panache.withSession(() -> entries.seenBy(viewer, entryId))
                .chain(seen -> proofs.of(
                        entryId, seen.entry().communityId, seen.entry().digest()))
                .map(this::answer);
    }

    private RestResponse<ProofView> answer(ProofView proof) {
        if (proof.checkpoint() != null) return RestResponse.ok(proof);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, proof)
                .header("Retry-After", Math.max(1, config.checkpointEvery().toSeconds()))
                .build();
    }
}
