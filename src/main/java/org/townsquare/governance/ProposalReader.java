package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.Batched;
import org.townsquare.platform.Batching;
import org.townsquare.platform.Conditions;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Deadline;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Statement;

/** What everybody looks at while a vote is open: the list of proposals and the single one, each by one statement that also judges who is looking. */
@ApplicationScoped
class ProposalReader {
    private static final Statement PAGE = Statement.of(ProposalReader.class, "proposals.sql");
    /** Where the conditions of a filter stand in it. */
    private static final String PLACE = " and true";

    private static final Statement ONE = Statement.of(ProposalReader.class, "proposal.sql");
    private static final Cursor NEWEST = Cursor.of(new UUID(-1, -1));

    private final Pool pool;
    private final Batched ones;
    private final CurrentVertxRequest current;

    ProposalReader(Pool pool, Batching batching, CurrentVertxRequest current) {
        this.pool = pool;
        ones = batching.reading("proposal", ONE, UUID.class, UUID.class, UUID.class);
        this.current = current;
    }

    /** A page of the proposals of a community, newest first; of the drafts the viewer's own. Problems: {@code not-found}, {@code parameter-invalid}. */
    Uni<List<ProposalRow>> page(Viewer viewer, UUID communityId, ProposalFilter filter, Paging paging) {
        Conditions asked = filter.on(Conditions.ofStatement(
                viewer.userIdOrNobody(), communityId, paging.after(NEWEST).id(), paging.rows(), viewer.within()));
        return Deadline.of(current.getCurrent())
                .bound(() -> PAGE.with(PLACE, asked.text())
                        .run(pool, asked.values())
                        .chain(rows -> rows.size() == 0
                                ? nothing(viewer, communityId)
                                : Uni.createFrom()
                                        .item(rows.stream().map(ProposalRow::of).toList())));
    }

    /** An empty page, where the viewer sees the community. */
    private static Uni<List<ProposalRow>> nothing(Viewer viewer, UUID communityId) {
        return Panache.withSession(() -> Community.visibleTo(viewer, communityId))
                .replaceWith(List.of());
    }

    /** Drafts exist for their author alone, other proposals for all who may see the community; else {@code not-found}. */
    Uni<SeenProposal> one(Viewer viewer, UUID id) {
        return Deadline.of(current.getCurrent())
                .bound(() -> ones.ask(viewer.userIdOrNobody(), id, viewer.within())
                        .map(found -> SeenProposal.of(found.orElseThrow(NotFound::new))));
    }
}
