package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

@Path("/api/v1/users/{userId}/sessions")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class UserSessionsResource {
    private final Caller caller;
    private final OpenSessions open;

    UserSessionsResource(Caller caller, OpenSessions open) {
        this.caller = caller;
        this.open = open;
    }

    /** Problems: {@code not-found}. */
    @DELETE
    @WithTransaction
    @Access(Permission.PLATFORM_USERS)
    @Operation(operationId = "endUserSessions", summary = "End all sessions of a user, at once (platform admins)")
    @APIResponse(responseCode = "204", description = "They have ended")
    public Uni<Void> end(UUID userId) {
        caller.requirePlatform(Permission.PLATFORM_USERS);
        return User.held(userId).chain(user -> open.end(caller, user.id, null));
    }
}
