package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

@Path("/api/v1/me")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MeResource {
    private final Caller caller;

    MeResource(Caller caller) {
        this.caller = caller;
    }

    @GET
    @WithSession
    @Operation(operationId = "readMe", summary = "Read your own account and where you are a member")
    @APIResponse(responseCode = "200", description = "The account")
    public Uni<MeView> me() {
        SignedInUser user = caller.user();
        return User.signedIn(user.id()).map(it -> MeView.of(it, user));
    }
}
