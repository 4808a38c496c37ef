package org.townsquare.web;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Market;
import org.townsquare.communities.Viewer;
import org.townsquare.events.EventEndpoints;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Paging;

/** The events of a group, and a form for a new one. */
@Path("/organise/groups/{groupId}")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class OrganiseGroupPageResource {
    private final Viewer viewer;
    private final EventEndpoints events;
    private final Pages pages;

    OrganiseGroupPageResource(Viewer viewer, EventEndpoints events, Pages pages) {
        this.viewer = viewer;
        this.events = events;
        this.pages = pages;
    }

    @GET
    @WithSession
    @Access(Permission.EVENT_MANAGE)
    public Uni<RestResponse<String>> show(UUID groupId, @BeanParam Paging paging) {
        return page(groupId, paging, 200, Form.EMPTY, null);
    }

    @POST
    @OwnTransaction("the operation of the API opens it")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Access(Permission.EVENT_MANAGE)
    public Uni<RestResponse<String>> schedule(UUID groupId, @BeanParam Paging paging, @BeanParam ScheduleForm in) {
        Form form = in.form();
        return pages.after(
                () -> events.schedule(groupId, ScheduleForm.event(form)).map(event -> "/organise/events/" + event.id()),
                (why, status) -> page(groupId, paging, status, form, why));
    }

    private Uni<RestResponse<String>> page(
            UUID groupId, Paging paging, int status, Form form, @Nullable Throwable why) {
        return events.group(groupId)
                .invoke(group -> viewer.in(group.communityId()).require(Permission.EVENT_MANAGE))
                .chain(group -> events.events(groupId, paging)
                        .chain(rows -> Market.of(group.communityId())
                                .chain(market -> pages.frameIn(group.communityId(), Style.DESK)
                                        .chain(frame -> pages.shown(
                                                status,
                                                frame,
                                                Templates.group(
                                                        frame,
                                                        group,
                                                        rows,
                                                        pages.refused(
                                                                form.or("timeZone", market.timeZone),
                                                                why,
                                                                frame.language())))))));
    }
}
