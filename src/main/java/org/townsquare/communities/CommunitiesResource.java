package org.townsquare.communities;

import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
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
import org.townsquare.identity.User;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Parameters;
import org.townsquare.platform.Problem.BadRequest;

@Path("/api/v1/communities")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
class CommunitiesResource {
    private static final int LONGEST_NAME = 120;

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

    /**
     * The account stays in use until the transaction ends: the founder is an ADMIN to rely on. Problems: {@code credentials-invalid}, {@code
     * market-unknown}, {@code slug-taken}, {@code metadata-too-large}, {@code metadata-inexact}.
     */
    @POST
    @OncePerKey
    @Authenticated
    @WithTransaction
    @Access(Permission.COMMUNITY_FOUND)
    @Operation(operationId = "foundCommunity", summary = "Found a community; you become its ADMIN")
    @APIResponse(
            responseCode = "201",
            description = "The community",
            content = @Content(schema = @Schema(implementation = CommunityView.class)))
    public Uni<RestResponse<CommunityView>> found(@Valid FoundCommunity in) {
        return User.signedInAndActive(viewer.userId())
                .chain(() -> Market.coded(in.market()))
                .map(market -> Community.found(market, viewer.userId(), in))
                .call(community -> community.persist())
                .chain(community -> settle(community)
                        .map(founder -> RestResponse.ResponseBuilder.create(
                                        RestResponse.Status.CREATED, CommunityView.of(community, founder))
                                .location(URI.create("/api/v1/communities/" + community.id))
                                .header("ETag", community.etag())
                                .build()));
    }

    private Uni<Member> settle(Community community) {
        Member founder = Member.founder(community, viewer.userId(), clock.instant());
        Uni<Void> settled =
                founder.persist().chain(() -> journal.record(viewer, List.of(community.founded(), founder.joined())));
        for (OnFounding feature : features) settled = settled.chain(() -> feature.prepare(community.id));
        return settled.replaceWith(founder);
    }

    /** Problems: {@code parameter-invalid}. */
    @GET
    @PermitAll
    @WithSession
    @Access(Permission.COMMUNITY_READ)
    @Operation(
            operationId = "listCommunities",
            summary = "List and search the communities that you can see, the newest first")
    @APIResponse(responseCode = "200", description = "A page of communities")
    public Uni<RestResponse<Page<CommunityItem>>> list(
            @QueryParam("name")
                    @Parameter(description = "A part of the name, in any case; at most 120 characters.")
                    @Nullable
                    String name,
            @QueryParam("market") @Parameter(description = "The code of a market.") @Nullable String market,
            @QueryParam("mine")
                    @Parameter(
                            description = "Only those that you founded.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @Nullable
                    String mine,
            @BeanParam Paging paging) {
        boolean own = Parameters.flag("mine", mine);
        String part = name == null || name.isEmpty() ? null : name;
        if (part != null && part.length() > LONGEST_NAME)
            throw new BadRequest("parameter-invalid", "name is text of at most " + LONGEST_NAME + " characters.");
        return Market.asked(market == null || market.isEmpty() ? null : market)
                .chain(known -> Community.page(viewer, part, known, own, paging))
                .map(rows -> paging.answer(
                        rows.stream().map(row -> CommunityItem.of(row, viewer)).toList(), row -> Cursor.of(row.id())));
    }
}
