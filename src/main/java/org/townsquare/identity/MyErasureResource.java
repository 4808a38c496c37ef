package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/me/erasure")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyErasureResource {
    private final Caller caller;
    private final FreshProof proof;
    private final Erasure erasure;
    private final Journal journal;
    private final Repeats repeats;
    private final Clock clock;

    MyErasureResource(Caller caller, FreshProof proof, Erasure erasure, Journal journal, Repeats repeats, Clock clock) {
        this.caller = caller;
        this.proof = proof;
        this.erasure = erasure;
        this.journal = journal;
        this.repeats = repeats;
        this.clock = clock;
    }

    /** Problems: {@code proof-needed}, {@code busy}, {@code last-platform-admin}, and what a feature refuses, such as {@code last-admin}. */
    @POST
    @OncePerKey
    @OwnTransaction("the password is hashed before a connection is taken")
    @Access(Permission.ACCOUNT_ERASE)
    @Operation(operationId = "askErasure", summary = "Have your account erased, 14 days from now")
    @APIResponse(
            responseCode = "201",
            description = "It will be erased then",
            content = @Content(schema = @Schema(implementation = ErasureView.class)))
    @APIResponse(
            responseCode = "200",
            description = "You had asked already",
            content = @Content(schema = @Schema(implementation = ErasureView.class)))
    public Uni<RestResponse<ErasureView>> ask(@Valid AskErasure in) {
        SignedInUser user = caller.user();
        return proof.require(user, in.password())
                .chain(() -> repeats.withTransaction(() -> PlatformAdmins.lockAndCountOthers(user.id())
                        .chain(others -> User.held(user.id()).chain(it -> {
                            it.requireActive();
                            Instant due = it.eraseAt;
                            return due == null
                                    ? ask(it, others)
                                    : Uni.createFrom().item(RestResponse.ok(new ErasureView(due)));
                        }))));
    }

    private Uni<RestResponse<ErasureView>> ask(User user, long otherAdmins) {
        return erasure.check(user.id).chain(() -> {
            ErasureAsked asked = user.askErasure(clock.instant(), otherAdmins);
            return journal.record(caller, asked)
                    .replaceWith(() -> RestResponse.ResponseBuilder.create(
                                    RestResponse.Status.CREATED, new ErasureView(asked.dueAt()))
                            .location(URI.create("/api/v1/me"))
                            .build());
        });
    }

    /** Problems: {@code not-found} when none was asked for. */
    @DELETE
    @WithTransaction
    @Access(Permission.ACCOUNT_ERASE)
    @Operation(operationId = "callOffErasure", summary = "Keep your account after all")
    @APIResponse(responseCode = "204", description = "It stays")
    public Uni<Void> callOff() {
        return User.heldInUse(caller.user().id()).chain(user -> journal.record(caller, user.callOffErasure()));
    }
}
