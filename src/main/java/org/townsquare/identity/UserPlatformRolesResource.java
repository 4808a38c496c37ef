package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Journal;

@Path("/api/v1/users/{userId}/platform-roles")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class UserPlatformRolesResource {
    private final Caller caller;
    private final Journal journal;
    private final OpenSessions open;

    UserPlatformRolesResource(Caller caller, Journal journal, OpenSessions open) {
        this.caller = caller;
        this.journal = journal;
        this.open = open;
    }

    /** Problems: {@code not-found}, {@code user-not-active}, {@code last-platform-admin}. */
    @PUT
    @WithTransaction
    @Access(Permission.PLATFORM_USERS)
    @Operation(
            operationId = "givePlatformRoles",
            summary =
                    "Set what someone is on the whole installation; a change ends their sessions, and the role of an admin their keys (platform admins)")
    @APIResponse(responseCode = "200", description = "The user with these roles")
    public Uni<PlatformUserView> give(UUID userId, @Valid GivePlatformRoles in) {
        caller.requirePlatform(Permission.PLATFORM_USERS);
        return PlatformAdmins.lockAndCountOthers(userId)
                .chain(others ->
                        User.held(userId).call(user -> changed(user, user.givePlatformRoles(in.roles(), others))))
                .map(PlatformUserView::of);
    }

    private Uni<Void> changed(User user, @Nullable PlatformRolesChanged fact) {
        if (fact == null) return Uni.createFrom().voidItem();
        return journal.record(caller, fact)
                .chain(() -> open.end(caller, user.id, null))
                .chain(() -> open.endImpersonationsBy(caller, user.id))
                // a key that was made for less would be an admin's now
                .chain(() -> user.isPlatformAdmin()
                        ? open.revokeKeys(caller, user.id)
                        : Uni.createFrom().voidItem());
    }
}
