package org.townsquare.web;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;

/** The communities where one organises. */
@Path("/organise")
@Cancellable(false)
@Authenticated
@Produces(MediaType.TEXT_HTML)
class OrganisePageResource {
    private final Viewer viewer;
    private final Pages pages;

    OrganisePageResource(Viewer viewer, Pages pages) {
        this.viewer = viewer;
        this.pages = pages;
    }

    @GET
    @WithSession
    @Access(Permission.EVENT_MANAGE)
    public Uni<RestResponse<String>> show(@BeanParam Paging paging) {
        Frame frame = pages.frame(Style.DESK);
        return Community.pageWith(Permission.EVENT_MANAGE, viewer, paging)
                .map(rows -> paging.answer(rows, row -> Cursor.of(row.id))
                        .getEntity()
                        .map(row -> new CommunityLink(row.id, row.name)))
                .chain(communities -> pages.shown(200, frame, Templates.organise(frame, communities)));
    }
}
