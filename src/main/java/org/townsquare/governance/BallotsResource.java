package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;

@Path("/api/v1/questions/{questionId}/ballots")
@Cancellable(false)
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class BallotsResource {
    private final Viewer viewer;

    BallotsResource(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Problems: {@code not-found}, {@code results-sealed}, {@code votes-not-disclosed}. */
    @GET
    @WithSession
    @Access(Permission.VOTE_READ)
    @Operation(operationId = "listBallots", summary = "Who answered what, after the close: enough to count again")
    @APIResponse(responseCode = "200", description = "A page of ballots, in no order that means anything")
    @APIResponse(responseCode = "403", description = "They are not disclosed, or not yet")
    public Uni<RestResponse<Page<CountedBallotView>>> list(UUID questionId, @BeanParam Paging paging) {
        return Question.visibleTo(viewer, questionId)
                .invoke(question -> Disclosure.requireBallots(question, viewer.in(question.communityId)))
                .chain(question -> QuestionOption.of(question)
                        .map(QuestionOption::ids)
                        .chain(options -> Ballot.page(question, paging)
                                .map(rows -> paging.answer(
                                        rows.stream()
                                                .map(row -> CountedBallotView.of(row, question.form(), options))
                                                .toList(),
                                        row -> Cursor.of(row.id())))));
    }
}
