package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Journal;

@Path("/api/v1/me")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MeResource {
    private final Caller caller;
    private final Journal journal;

    MeResource(Caller caller, Journal journal) {
        this.caller = caller;
        this.journal = journal;
    }

    @GET
    @WithSession
    @Access(Permission.ACCOUNT_READ)
    @Operation(operationId = "readMe", summary = "Read your own account and where you are a member")
    @APIResponse(responseCode = "200", description = "The account")
    public Uni<RestResponse<MeView>> me() {
        SignedInUser user = caller.user();
        return User.signedIn(user.id()).map(it -> MeView.answer(it, user));
    }

    /** Problems: {@code locale-unknown}, {@code time-zone-unknown}, {@code avatar-url-invalid}, {@code if-match-required}, {@code stale}. */
    @PATCH
    @WithTransaction
    @Access(Permission.ACCOUNT_EDIT)
    @Operation(operationId = "editProfile", summary = "Change what you show of yourself")
    @APIResponse(responseCode = "200", description = "The account")
    public Uni<RestResponse<MeView>> edit(@HeaderParam("If-Match") @Nullable String ifMatch, @Valid EditProfile in) {
        SignedInUser user = caller.user();
        return User.heldInUse(user.id())
                .invoke(it -> it.requireMatch(ifMatch))
                .call(it -> record(it.edit(in)))
                .map(it -> MeView.answer(it, user));
    }

    private Uni<Void> record(@Nullable ProfileChanged changed) {
        return changed == null ? Uni.createFrom().voidItem() : journal.record(caller, changed);
    }
}
