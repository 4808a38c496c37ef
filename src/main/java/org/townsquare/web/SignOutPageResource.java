package org.townsquare.web;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.BrowserSession;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;

/** Where a browser gives its session back. */
@Path("/sign-out")
@Cancellable(false)
@PermitAll
@Produces(MediaType.TEXT_HTML)
class SignOutPageResource {
    private final BrowserSession session;

    SignOutPageResource(BrowserSession session) {
        this.session = session;
    }

    @POST
    @OwnTransaction("the operation of the API opens it")
    @Access(Permission.ACCOUNT_OPEN)
    public Uni<RestResponse<String>> signOut() {
        return session.end()
                .map(cookie ->
                        Pages.leading("/sign-in").header("Set-Cookie", cookie).build());
    }
}
