package org.townsquare.communities;

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
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/markets")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
class MarketsResource {
    private final Viewer viewer;
    private final Journal journal;

    MarketsResource(Viewer viewer, Journal journal) {
        this.viewer = viewer;
        this.journal = journal;
    }

    @GET
    @PermitAll
    @WithSession
    @Access(Permission.MARKET_READ)
    @Operation(operationId = "listMarkets", summary = "List the markets that communities stand in")
    @APIResponse(responseCode = "200", description = "A page of markets, in the order in which they were added")
    public Uni<RestResponse<Page<MarketView>>> list(@BeanParam Paging paging) {
        return Market.page(paging)
                .map(rows -> paging.answer(rows.stream().map(MarketView::of).toList(), row -> Cursor.of(row.id())));
    }

    /**
     * Problems: {@code not-allowed}, {@code market-code-taken}, {@code country-unknown}, {@code currency-unknown}, {@code locale-unknown}, {@code time-zone-unknown}.
     */
    @POST
    @OncePerKey
    @Authenticated
    @WithTransaction
    @Access(Permission.MARKET_EDIT)
    @Operation(operationId = "addMarket", summary = "Add a market as PLATFORM_ADMIN")
    @APIResponse(
            responseCode = "201",
            description = "The market",
            content = @Content(schema = @Schema(implementation = MarketView.class)))
    public Uni<RestResponse<MarketView>> add(@Valid AddMarket in) {
        return Uni.createFrom()
                .item(() -> Market.add(viewer, in))
                .call(market -> market.persist())
                .call(market -> journal.record(viewer, market.added()))
                .map(market -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, MarketView.of(market))
                        .header("ETag", market.etag())
                        .build());
    }
}
