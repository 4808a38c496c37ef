package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Repeats;

@Path("/api/v1/me/api-keys")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyApiKeysResource {
    private final Caller caller;
    private final FreshProof proof;
    private final Journal journal;
    private final Repeats repeats;
    private final Clock clock;

    MyApiKeysResource(Caller caller, FreshProof proof, Journal journal, Repeats repeats, Clock clock) {
        this.caller = caller;
        this.proof = proof;
        this.journal = journal;
        this.repeats = repeats;
        this.clock = clock;
    }

    @GET
    @WithSession
    @Access(Permission.ACCOUNT_KEYS)
    @Operation(operationId = "listMyApiKeys", summary = "List your API keys that are not revoked")
    @APIResponse(responseCode = "200", description = "A page of keys, newest first, without their secrets")
    public Uni<RestResponse<Page<ApiKeyView>>> list(@BeanParam Paging paging) {
        return ApiKey.page(caller.user().id(), paging)
                .map(rows -> rows.stream().map(ApiKeyView::of).toList())
                .map(rows -> paging.answer(rows, row -> Cursor.of(row.id())));
    }

    /**
     * Problems: {@code scope-unknown}, {@code scope-not-grantable}, {@code community-unknown}, {@code expires-at-out-of-range},
     * {@code proof-needed}, {@code credentials-invalid}, {@code busy}.
     */
    @POST
    @OncePerKey(showsSecret = true)
    @OwnTransaction("the password is hashed before a connection is taken")
    @Access(Permission.ACCOUNT_KEYS)
    @Operation(operationId = "createApiKey", summary = "Make an API key; its secret is shown this once")
    @APIResponse(
            responseCode = "201",
            description = "The key and its secret",
            content = @Content(schema = @Schema(implementation = CreatedApiKeyView.class)))
    public Uni<RestResponse<CreatedApiKeyView>> create(@Valid CreateApiKey in) {
        SignedInUser user = caller.user();
        Token token = Token.randomKey();
        ApiKey key = ApiKey.create(user, token, in, clock.instant());
        return proof.require(user, in.password())
                .chain(() -> repeats.withTransaction(() -> User.signedInAndActive(user.id())
                        // a password that is set anew meanwhile ends the session and revokes the keys that there are
                        .chain(() -> Session.heldStillOpen(user, clock.instant()))
                        .chain(() -> key.persist())
                        .chain(() -> journal.record(caller, key.created()))
                        .map(saved -> CreatedApiKeyView.created(key, token))));
    }
}
