package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import org.jboss.resteasy.reactive.RestResponse;
import org.townsquare.communities.Viewer;

/** How a comment is shown to the viewer, by one more query. */
@RequestScoped
class CommentAnswer {
    private final Viewer viewer;

    CommentAnswer(Viewer viewer) {
        this.viewer = viewer;
    }

    Uni<RestResponse<CommentView>> ok(Comment comment) {
        return with(RestResponse.Status.OK, comment);
    }

    Uni<RestResponse<CommentView>> with(RestResponse.Status status, Comment comment) {
        return Comment.row(comment)
                .map(row -> CommentView.of(row, viewer.in(comment.communityId)))
                .map(view -> RestResponse.ResponseBuilder.create(status, view)
                        .header("ETag", comment.etag())
                        .build());
    }
}
