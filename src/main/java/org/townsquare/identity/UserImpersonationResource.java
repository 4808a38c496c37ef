package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/users/{userId}/impersonation")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class UserImpersonationResource {
    private final Caller caller;
    private final Journal journal;
    private final Clock clock;

    UserImpersonationResource(Caller caller, Journal journal, Clock clock) {
        this.caller = caller;
        this.journal = journal;
        this.clock = clock;
    }

    /** Problems: {@code not-found}, {@code impersonation-forbidden}, {@code user-not-active}. */
    @POST
    @OncePerKey(showsSecret = true)
    @WithTransaction
    @Access(Permission.PLATFORM_IMPERSONATE)
    @Operation(operationId = "startImpersonation", summary = "Act as a user, to read what they see (platform admins)")
    @APIResponse(
            responseCode = "201",
            description = "A session of the user; the user is told",
            content = @Content(schema = @Schema(implementation = ImpersonationView.class)))
    public Uni<RestResponse<ImpersonationView>> start(UUID userId, @Valid Impersonate in) {
        caller.requirePlatform(Permission.PLATFORM_IMPERSONATE);
        Token token = Token.random();
        return User.held(userId).chain(subject -> {
            Session session =
                    Session.impersonate(subject, caller.user().id(), in, token, caller.device(), clock.instant());
            return session.persist()
                    .call(() -> journal.record(caller, session.impersonationStarted()))
                    .map(saved -> ImpersonationView.created(subject, token, session));
        });
    }
}
