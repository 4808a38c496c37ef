package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.net.URI;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.townsquare.identity.Names;

/** How a member is shown to the viewer. */
@RequestScoped
class MemberAnswer {
    private final Viewer viewer;
    private final Clock clock;

    MemberAnswer(Viewer viewer, Clock clock) {
        this.viewer = viewer;
        this.clock = clock;
    }

    Uni<MemberView> view(Member member) {
        return Names.of(member.userId)
                .map(name -> MemberView.of(MemberRow.of(member, name), viewer, member.communityId, clock.instant()));
    }

    /** To who came in: 201, or 200 where they were in before. */
    Uni<RestResponse<MemberView>> to(Entered entered) {
        Member member = entered.member();
        return view(member)
                .map(view -> ResponseBuilder.create(entered.anew() ? Status.CREATED : Status.OK, view)
                        .location(URI.create("/api/v1/communities/" + member.communityId + "/members/" + member.userId))
                        .build());
    }
}
