package org.townsquare.communities;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.journal.Journal;

@Path("/api/v1/markets/{marketId}")
@Cancellable(false)
@Tag(name = "communities")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MarketResource {
    private final Viewer viewer;
    private final Journal journal;

    MarketResource(Viewer viewer, Journal journal) {
        this.viewer = viewer;
        this.journal = journal;
    }

    /** Problems: {@code not-found}, {@code not-allowed}, {@code stale}, {@code country-unknown}, {@code currency-unknown}, {@code locale-unknown}, {@code time-zone-unknown}. */
    @PATCH
    @WithTransaction
    @Access(Permission.MARKET_EDIT)
    @Operation(operationId = "editMarket", summary = "Change a market as PLATFORM_ADMIN")
    @APIResponse(responseCode = "200", description = "The market")
    public Uni<RestResponse<MarketView>> edit(
            UUID marketId, @HeaderParam("If-Match") @Nullable String ifMatch, @Valid EditMarket in) {
        viewer.requirePlatform(Permission.MARKET_EDIT);
        return Market.held(marketId)
                .invoke(market -> market.requireMatch(ifMatch))
                .call(market -> journal.record(viewer, market.edit(viewer, in)))
                .map(market -> RestResponse.ResponseBuilder.ok(MarketView.of(market))
                        .header("ETag", market.etag())
                        .build());
    }
}
