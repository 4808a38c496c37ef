package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;

@Path("/api/v1/communities/{communityId}/members/{userId}/ban")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MemberBanResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final MemberAnswer answer;

    MemberBanResource(Viewer viewer, Journal journal, Clock clock, MemberAnswer answer) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.answer = answer;
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code member-left}, {@code member-banned}, {@code last-admin}. */
    @POST
    @OncePerKey
    @WithTransaction
    @Access(Permission.MEMBER_BAN)
    @Operation(
            operationId = "banMember",
            summary = "Ban a member or who asks to become one: a stranger, who cannot join")
    @APIResponse(responseCode = "200", description = "The banned user")
    public Uni<MemberView> banMember(UUID communityId, UUID userId, @Valid Reason in) {
        return Community.heldBy(viewer, communityId)
                .chain(community -> Member.guardedIn(viewer, community, userId, Permission.MEMBER_BAN, clock.instant()))
                .call(held -> journal.record(
                        viewer,
                        held.member().ban(viewer.in(communityId), in.reason(), held.otherAdmins(), clock.instant())))
                .map(Member.Guarded::member)
                .chain(answer::view);
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code member-not-banned}. */
    @DELETE
    @WithTransaction
    @Access(Permission.MEMBER_BAN)
    @Operation(operationId = "liftBan", summary = "Lift a ban: the user may join again")
    @APIResponse(responseCode = "200", description = "The user, who is no member")
    public Uni<MemberView> liftBan(UUID communityId, UUID userId) {
        return Community.visibleTo(viewer, communityId)
                .chain(community -> Member.heldIn(viewer, community, userId, Permission.MEMBER_BAN))
                .call(member -> journal.record(viewer, member.liftBan(viewer.in(communityId), clock.instant())))
                .chain(answer::view);
    }
}
