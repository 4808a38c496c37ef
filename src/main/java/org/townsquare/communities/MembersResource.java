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
import org.townsquare.identity.Names;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/communities/{communityId}/members")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MembersResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;

    MembersResource(Viewer viewer, Journal journal, Clock clock) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
    }

    /** Problems: {@code not-found}, {@code invitation-needed}, {@code already-a-member}. */
    @POST
    @WithTransaction
    @Operation(operationId = "joinCommunity", summary = "Join an open community, or ask to join")
    @APIResponse(
            responseCode = "201",
            description = "You are a member, or have asked to become one",
            content = @Content(schema = @Schema(implementation = MemberView.class)))
    @APIResponse(
            responseCode = "200",
            description = "You were a member already, or had asked already",
            content = @Content(schema = @Schema(implementation = MemberView.class)))
    public Uni<RestResponse<MemberView>> join(UUID communityId, @Valid JoinCommunity in) {
        return Community.visibleTo(viewer, communityId)
                .chain(community -> Member.ofUser(community, viewer.userId())
                        .chain(known -> known == null
                                ? first(community)
                                : Uni.createFrom().item(RestResponse.ok(known)))
                        .chain(answer -> Names.of(viewer.userId())
                                .map(name -> RestResponse.ResponseBuilder.create(
                                                answer.getStatusInfo(), MemberView.of(answer.getEntity(), name))
                                        .location(URI.create(
                                                "/api/v1/communities/" + communityId + "/members/" + viewer.userId()))
                                        .build())));
    }

    private Uni<RestResponse<Member>> first(Community community) {
        Member member = Member.join(community, viewer.userId(), clock.instant());
        return member.persist()
                .chain(() -> journal.record(viewer, member.joined()))
                .replaceWith(() -> RestResponse.status(RestResponse.Status.CREATED, member));
    }

    /** Problems: {@code not-found}, {@code members-only}. */
    @GET
    @WithSession
    @Operation(operationId = "listMembers", summary = "List the members")
    @APIResponse(responseCode = "200", description = "A page of members, in the order of their user ids")
    public Uni<RestResponse<Page<MemberView>>> list(UUID communityId, @BeanParam Paging paging) {
        return Community.visibleTo(viewer, communityId)
                .chain(community -> Member.page(viewer.in(community.id), paging))
                .map(rows -> paging.answer(rows, row -> Cursor.of(row.userId())));
    }
}
