package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.InvitationQuota;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/communities/{communityId}/invitations")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class InvitationsResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final InvitationTokens tokens;
    private final InvitationQuota quota;

    InvitationsResource(Viewer viewer, Journal journal, Clock clock, InvitationTokens tokens, InvitationQuota quota) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.tokens = tokens;
        this.quota = quota;
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code roles-need-email}, {@code one-use-by-email}, {@code expires-at-out-of-range}, {@code too-many-tries}. */
    @POST
    @OncePerKey(showsSecret = true)
    @WithTransaction
    @Access(Permission.MEMBER_INVITE)
    @Operation(operationId = "inviteMember", summary = "Invite by e-mail, or make a link to hand on")
    @APIResponse(
            responseCode = "201",
            description = "The invitation; of a link with the token",
            content = @Content(schema = @Schema(implementation = InvitationView.class)))
    public Uni<RestResponse<InvitationView>> invite(UUID communityId, @Valid InviteMember in) {
        return Community.visibleTo(viewer, communityId)
                .map(community -> Invitation.send(viewer.in(communityId), in, clock.instant()))
                .call(this::mayMail)
                .call(invitation -> invitation.persist())
                .call(invitation -> journal.record(viewer, invitation.sent()))
                .map(invitation -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view(invitation))
                        .location(URI.create("/api/v1/invitations/" + invitation.id))
                        .header("Cache-Control", "no-store")
                        .build());
    }

    private Uni<Void> mayMail(Invitation invitation) {
        return invitation.email == null
                ? Uni.createFrom().voidItem()
                : quota.take(invitation.invitedBy, invitation.email);
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}. */
    @GET
    @WithSession
    @Access(Permission.MEMBER_INVITE)
    @Operation(operationId = "listInvitations", summary = "List the invitations, the newest first")
    @APIResponse(responseCode = "200", description = "A page of invitations")
    public Uni<RestResponse<Page<InvitationView>>> list(UUID communityId, @BeanParam Paging paging) {
        return Community.visibleTo(viewer, communityId)
                .chain(community -> Invitation.page(viewer.in(communityId), paging))
                .map(rows -> paging.answer(rows.stream().map(this::view).toList(), row -> Cursor.of(row.id())))
                .invoke(answer -> answer.getHeaders().putSingle("Cache-Control", "no-store"));
    }

    private InvitationView view(Invitation invitation) {
        return InvitationView.of(invitation, viewer.in(invitation.communityId), tokens, clock.instant());
    }
}
