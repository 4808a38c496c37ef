package org.townsquare.audit;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Page;

@Path("/api/v1/log/keys")
@Cancellable(false)
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class LogKeysResource {
    private final Viewer viewer;
    private final AuditConfig config;
    private final LogKeys keys;

    LogKeysResource(Viewer viewer, AuditConfig config, LogKeys keys) {
        this.viewer = viewer;
        this.config = config;
        this.keys = keys;
    }

    /** Problems: {@code sign-in-required}. */
    @GET
    @OwnTransaction("it reads the configuration alone")
    @Access(Permission.LOG_READ)
    @Operation(
            operationId = "listLogKeys",
            summary = "The keys by which checkpoints of the log are verified, those of the past too")
    @APIResponse(responseCode = "200", description = "Every key")
    public Uni<Page<LogKeyView>> list() {
        LogRights.requireToRead(viewer, config);
        VerifierKey current = keys.signing().verifier();
        List<LogKeyView> all = keys.known().stream()
                .map(key -> new LogKeyView(key.line(), key.equals(current)))
                .toList();
        return Uni.createFrom().item(new Page<>(all, null));
    }
}
