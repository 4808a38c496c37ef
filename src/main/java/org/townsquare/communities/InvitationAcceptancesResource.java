package org.townsquare.communities;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
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
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.identity.User;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Repeats;

@Path("/api/v1/invitation-acceptances")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class InvitationAcceptancesResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final MemberAnswer answer;
    private final InvitationTokens tokens;
    private final Repeats repeats;

    InvitationAcceptancesResource(
            Viewer viewer,
            Journal journal,
            Clock clock,
            MemberAnswer answer,
            InvitationTokens tokens,
            Repeats repeats) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
        this.tokens = tokens;
        this.repeats = repeats;
    }

    /**
     * Who is a member already stays what they are, and the invitation stays unused. Problems: {@code token-spent}, {@code invitation-not-yours}, {@code membership-banned},
     * {@code membership-suspended}, {@code community-suspended}, {@code already-a-member}, {@code too-many-tries}.
     */
    @POST
    @OncePerKey
    @OwnTransaction("a wrong token is counted while no connection is held")
    @Access(Permission.MEMBER_JOIN)
    @Operation(operationId = "acceptInvitation", summary = "Become a member by an invitation")
    @APIResponse(
            responseCode = "201",
            description = "You are a member",
            content = @Content(schema = @Schema(implementation = MemberView.class)))
    @APIResponse(
            responseCode = "200",
            description = "You were a member already: nothing has changed",
            content = @Content(schema = @Schema(implementation = MemberView.class)))
    public Uni<RestResponse<MemberView>> accept(@Valid InvitationToken in) {
        return tokens.rowOf(viewer, in.token()).chain(id -> repeats.withTransaction(() -> enter(id)));
    }

    /** The account stays in use until the transaction ends: an ADMIN who comes in is one to rely on. */
    private Uni<RestResponse<MemberView>> enter(UUID id) {
        return User.signedInAndActive(viewer.userId())
                .chain(() -> Invitation.shown(viewer, id))
                .chain(offer ->
                        Member.heldIn(offer.community().id, viewer.userId()).chain(known -> accept(offer, known)))
                .chain(answer::to);
    }

    private Uni<Entered> accept(Invitation.Offer offer, @Nullable Member known) {
        return Invitation.evidence(offer.invitation(), viewer.userId())
                .map(evidence -> offer.admit(known, viewer.userId(), evidence, clock.instant()))
                .call(entered -> entered.anew()
                        ? store(offer, entered)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> store(Invitation.Offer offer, Entered entered) {
        return Invitation.use(offer.invitation())
                .chain(() -> entered.member().persist())
                .chain(() -> journal.record(viewer, entered.facts()));
    }
}
