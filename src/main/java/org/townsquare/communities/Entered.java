package org.townsquare.communities;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.townsquare.journal.Fact;

/**
 * Who came into a community.
 *
 * @param facts what happened: nothing, where they were a member before, or had asked
 */
record Entered(Member member, List<? extends Fact> facts) {
    boolean anew() {
        return !facts.isEmpty();
    }

    RestResponse<MemberView> answer(String name, Viewer viewer, Instant now) {
        return RestResponse.ResponseBuilder.create(
                        anew() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        MemberView.of(MemberRow.of(member, name), viewer, member.communityId, now))
                .location(URI.create("/api/v1/communities/" + member.communityId + "/members/" + member.userId))
                .build();
    }
}
