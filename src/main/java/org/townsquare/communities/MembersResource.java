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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;
import org.townsquare.identity.User;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Parameters;

@Path("/api/v1/communities/{communityId}/members")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MembersResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final MemberAnswer answer;

    MembersResource(Viewer viewer, Journal journal, Clock clock, MemberAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    /**
     * The account stays in use until the transaction ends: whoever erases it comes before, or sees the membership. Problems: {@code
     * credentials-invalid}, {@code not-found}, {@code invitation-needed}, {@code already-a-member}, {@code membership-banned}, {@code
     * membership-suspended}.
     */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.MEMBER_JOIN)
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
        return User.signedInAndActive(viewer.userId())
                .chain(() -> Community.visibleTo(viewer, communityId))
                .chain(community -> Member.heldIn(communityId, viewer.userId())
                        .chain(known -> known == null ? first(community) : again(community, known)))
                .chain(answer::to);
    }

    private Uni<Entered> first(Community community) {
        Member member = Member.join(community, viewer.userId(), clock.instant());
        var entered = new Entered(member, List.of(member.joined()));
        return member.persist()
                .chain(() -> journal.record(viewer, entered.facts()))
                .replaceWith(entered);
    }

    private Uni<Entered> again(Community community, Member known) {
        List<MembershipFact> happened = known.joinAgain(community, clock.instant());
        return journal.record(viewer, happened).replaceWith(new Entered(known, happened));
    }

    /** Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code parameter-invalid}. */
    @GET
    @WithSession
    @Access(Permission.MEMBER_READ)
    @Operation(operationId = "listMembers", summary = "List the members; as ADMIN also those who are no active ones")
    @APIResponse(responseCode = "200", description = "A page of members, in the order of their user ids")
    public Uni<RestResponse<Page<MemberView>>> list(
            UUID communityId,
            @QueryParam("status")
                    @Parameter(
                            description =
                                    "Only those who stand so: ACTIVE unless it says otherwise; others for ADMINs alone.",
                            schema = @Schema(implementation = MemberStatus.class))
                    @Nullable
                    String status,
            @QueryParam("role")
                    @Parameter(
                            description = "Only those with this role.",
                            schema = @Schema(implementation = Role.class))
                    @Nullable
                    String role,
            @BeanParam Paging paging) {
        MemberStatus asked = Parameters.oneOf(MemberStatus.class, "status", status);
        Role with = Parameters.oneOf(Role.class, "role", role);
        return Community.readBy(viewer, communityId)
                .chain(community -> Member.page(
                        viewer, community, asked == null ? MemberStatus.ACTIVE : asked, with, paging, clock.instant()))
                .map(rows -> paging.answer(
                        rows.stream()
                                .map(row -> MemberView.of(row, viewer, communityId, clock.instant()))
                                .toList(),
                        row -> Cursor.of(row.userId())));
    }
}
