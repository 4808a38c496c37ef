package org.townsquare.web;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Parameters;

/** An event for those who run it: where it stands, who is there, and what can be done. */
@Path("/organise/events/{eventId}")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class OrganiseEventPageResource {
    private final OrganisedEvent event;

    OrganiseEventPageResource(OrganisedEvent event) {
        this.event = event;
    }

    @GET
    @WithSession
    @Access(Permission.EVENT_MANAGE)
    public Uni<RestResponse<String>> show(
            UUID eventId,
            @BeanParam Paging paging,
            @QueryParam("checkedIn") @Nullable String checkedIn,
            @QueryParam("already") @Nullable String already) {
        return event.page(eventId, paging, Parameters.id("checkedIn", checkedIn), Parameters.flag("already", already));
    }
}
