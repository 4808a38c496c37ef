package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

@Path("/api/v1/users/{userId}")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class UserResource {
    private final Caller caller;

    UserResource(Caller caller) {
        this.caller = caller;
    }

    @GET
    @WithSession
    @Access(Permission.USER_READ)
    @Operation(operationId = "readUser", summary = "Read what somebody shows to those who share a community with them")
    @APIResponse(responseCode = "200", description = "The person")
    public Uni<PersonView> read(UUID userId) {
        return User.seenBy(caller.user(), userId);
    }
}
