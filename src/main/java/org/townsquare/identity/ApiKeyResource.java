package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/api-keys/{apiKeyId}")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class ApiKeyResource {
    private final Caller caller;
    private final FreshProof proof;
    private final Journal journal;
    private final Clock clock;
    private final Repeats repeats;

    ApiKeyResource(Caller caller, FreshProof proof, Journal journal, Clock clock, Repeats repeats) {
        this.caller = caller;
        this.proof = proof;
        this.journal = journal;
        this.clock = clock;
        this.repeats = repeats;
    }

    /** Problems: {@code not-found}. */
    @GET
    @WithSession
    @Access(Permission.ACCOUNT_KEYS)
    @Operation(operationId = "readApiKey", summary = "Read one of your API keys")
    @APIResponse(responseCode = "200", description = "The key without its secret")
    public Uni<RestResponse<ApiKeyView>> read(UUID apiKeyId) {
        return ApiKey.visibleTo(caller.user(), apiKeyId).map(ApiKeyView::answer);
    }

    /** Problems: {@code not-found}, {@code scope-unknown}, {@code scope-not-grantable}, {@code proof-needed}, {@code busy}. */
    @PATCH
    @OwnTransaction("the password is hashed between two connections")
    @Access(Permission.ACCOUNT_KEYS)
    @Operation(operationId = "changeApiKey", summary = "Change the name, the scopes or the rate of an API key")
    @APIResponse(responseCode = "200", description = "The key")
    public Uni<RestResponse<ApiKeyView>> change(
            UUID apiKeyId, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid ChangeApiKey in) {
        SignedInUser user = caller.user();
        return Panache.withSession(() -> ApiKey.visibleTo(user, apiKeyId))
                .invoke(seen -> seen.requireMatch(ifMatch))
                .chain(seen -> seen.isWidenedBy(in)
                        ? proof.require(user, in.password())
                        : Uni.createFrom().voidItem())
                .chain(() -> repeats.withTransaction(() -> ApiKey.heldBy(user, apiKeyId)
                        .invoke(key -> key.requireMatch(ifMatch))
                        .call(key -> journal.record(caller, key.change(in)))
                        .map(ApiKeyView::answer)));
    }

    /** Problems: {@code not-found}. */
    @DELETE
    @WithTransaction
    @Access(Permission.ACCOUNT_KEYS)
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke an API key of yours, or one for a community whose ADMIN you are, at once")
    @APIResponse(responseCode = "204", description = "It is worth nothing any more")
    public Uni<Void> revoke(UUID apiKeyId) {
        return ApiKey.heldToRevoke(caller.user(), apiKeyId)
                .chain(key -> journal.record(caller, key.revoke(clock.instant())));
    }
}
