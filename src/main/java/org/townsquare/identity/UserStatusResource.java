package org.townsquare.identity;

import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Journal;

@Path("/api/v1/users/{userId}/status")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class UserStatusResource {
    private final Caller caller;
    private final Journal journal;
    private final OpenSessions open;
    private final List<OnDisable> features;
    private final Clock clock;

    UserStatusResource(Caller caller, Journal journal, OpenSessions open, @All List<OnDisable> features, Clock clock) {
        this.caller = caller;
        this.journal = journal;
        this.open = open;
        this.features = features;
        this.clock = clock;
    }

    /**
     * Problems: {@code not-found}, {@code own-account}, {@code user-erased}, {@code last-platform-admin}, and what a feature refuses, such as
     * {@code last-admin}.
     */
    @PUT
    @WithTransaction
    @Access(Permission.PLATFORM_USERS)
    @Operation(
            operationId = "setUserStatus",
            summary = "Disable an account, which ends its sessions and keys, or let it be used again (platform admins)")
    @APIResponse(responseCode = "200", description = "The user")
    public Uni<PlatformUserView> set(UUID userId, @Valid SetUserStatus in) {
        caller.requirePlatform(Permission.PLATFORM_USERS);
        return (in.status() == SetUserStatus.Status.ACTIVE ? enable(userId, in.reason()) : disable(userId, in.reason()))
                .map(PlatformUserView::of);
    }

    private Uni<User> enable(UUID userId, String reason) {
        return User.held(userId).call(user -> {
            UserEnabled enabled = user.enable(reason);
            return enabled == null ? Uni.createFrom().voidItem() : journal.record(caller, enabled);
        });
    }

    private Uni<User> disable(UUID userId, String reason) {
        return PlatformAdmins.lockAndCountOthers(userId)
                .chain(others -> User.held(userId)
                        .call(user -> disabled(user, user.disable(caller.user().id(), reason, others))));
    }

    private Uni<Void> disabled(User user, @Nullable UserDisabled fact) {
        if (fact == null) return Uni.createFrom().voidItem();
        Uni<Void> done = journal.record(caller, fact);
        for (OnDisable feature : features) done = done.chain(() -> feature.disable(user.id));
        return done.chain(() -> open.end(caller, user.id, null))
                .chain(() -> open.endImpersonationsBy(caller, user.id))
                .chain(() -> ApiKey.revokeAll(user.id, clock.instant()))
                .replaceWithVoid();
    }
}
