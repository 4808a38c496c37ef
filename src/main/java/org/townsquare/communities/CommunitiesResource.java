package org.townsquare.communities;

import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Journal;

@Path("/api/v1/communities")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class CommunitiesResource {
    private final Viewer viewer;
    private final Journal journal;
    private final Clock clock;
    private final List<OnFounding> features;

    CommunitiesResource(Viewer viewer, Journal journal, Clock clock, @All List<OnFounding> features) {
        this.viewer = viewer;
        this.journal = journal;
        this.clock = clock;
        this.features = features;
    }

    /** Problems: {@code market-unknown}, {@code slug-taken}, {@code metadata-too-large}, {@code metadata-inexact}. */
    @POST
    @WithTransaction
    @Operation(operationId = "foundCommunity", summary = "Found a community; you become its ADMIN")
    @APIResponse(
            responseCode = "201",
            description = "The community",
            content = @Content(schema = @Schema(implementation = CommunityView.class)))
    public Uni<RestResponse<CommunityView>> found(@Valid FoundCommunity in) {
        return Market.coded(in.market())
                .map(market -> Community.found(market, viewer.userId(), in))
                .call(community -> community.persist())
                .call(this::settle)
                .map(community -> RestResponse.ResponseBuilder.create(
                                RestResponse.Status.CREATED, CommunityView.of(community))
                        .location(URI.create("/api/v1/communities/" + community.id))
                        .header("ETag", community.etag())
                        .build());
    }

    private Uni<Void> settle(Community community) {
        Member founder = Member.founder(community, viewer.userId(), clock.instant());
        Uni<Void> settled =
                founder.persist().chain(() -> journal.record(viewer, List.of(community.founded(), founder.joined())));
        for (OnFounding feature : features) settled = settled.chain(() -> feature.prepare(community.id));
        return settled;
    }
}
