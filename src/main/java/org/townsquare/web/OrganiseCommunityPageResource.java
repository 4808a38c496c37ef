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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.events.CreateEventGroup;
import org.townsquare.events.EventEndpoints;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Paging;

/** The groups of a community, and a form for a new one. */
@Path("/organise/communities/{communityId}")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class OrganiseCommunityPageResource {
    private final Viewer viewer;
    private final EventEndpoints events;
    private final Pages pages;

    OrganiseCommunityPageResource(Viewer viewer, EventEndpoints events, Pages pages) {
        this.viewer = viewer;
        this.events = events;
        this.pages = pages;
    }

    @GET
    @WithSession
    @Access(Permission.EVENT_MANAGE)
    public Uni<RestResponse<String>> show(UUID communityId, @BeanParam Paging paging) {
        return page(communityId, paging, 200, Form.EMPTY, null);
    }

    @POST
    @OwnTransaction("the operation of the API opens it")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Access(Permission.EVENT_MANAGE)
    public Uni<RestResponse<String>> create(
            UUID communityId,
            @BeanParam Paging paging,
            @RestForm @Nullable String name,
            @RestForm @Nullable String description) {
        Form form = Form.of("name", name, "description", description);
        return pages.after(
                () -> events.createGroup(
                                communityId, new CreateEventGroup(form.value("name"), form.valueOrNull("description")))
                        .map(group -> "/organise/groups/" + group.id()),
                (why, status) -> page(communityId, paging, status, form, why));
    }

    private Uni<RestResponse<String>> page(
            UUID communityId, Paging paging, int status, Form form, @Nullable Throwable why) {
        return Community.visibleTo(viewer, communityId)
                .invoke(community -> viewer.in(communityId).require(Permission.EVENT_MANAGE))
                .chain(community -> events.groups(communityId, paging)
                        .chain(groups -> pages.frameIn(communityId, Style.DESK)
                                .chain(frame -> pages.shown(
                                        status,
                                        frame,
                                        Templates.community(
                                                frame,
                                                community.name,
                                                groups,
                                                pages.refused(form, why, frame.language()))))));
    }
}
