package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, Batched<List<ProposalRow>>> pages;
    private final Batched<Optional<Row>> ones;
    private final CurrentVertxRequest current;

    ProposalReader(Pool pool, Batching batching, CurrentVertxRequest current) {
        this.pool = pool;
        pages = Map.of(
                ProposalFilter.NONE,
                pages(batching, "proposals", ProposalFilter.NONE),
                ProposalFilter.BY_STATUS,
                pages(batching, "proposals-by-status", ProposalFilter.BY_STATUS, String.class));
        ones = batching.reading("proposal", ONE, row -> row, UUID.class, UUID.class, UUID.class);
        this.current = current;
    }

    /** What most ask for; other filters are for few. */
    private static Batched<List<ProposalRow>> pages(
            Batching batching, String name, String conditions, Class<?>... types) {
        var all = new ArrayList<Class<?>>(List.of(UUID.class, UUID.class, UUID.class, Integer.class, UUID.class));
        all.addAll(List.of(types));
        return batching.readingPages(name, PAGE.with(PLACE, conditions), ProposalRow::of, all.toArray(Class<?>[]::new));
    }

    /** A page of the proposals of a community, newest first; of the drafts the viewer's own. Problems: {@code not-found}, {@code parameter-invalid}. */
    Uni<List<ProposalRow>> page(Viewer viewer, UUID communityId, ProposalFilter filter, Paging paging) {
        Conditions asked = filter.on(Conditions.ofStatement(
                viewer.userIdOrNobody(), communityId, paging.after(NEWEST).id(), paging.rows(), viewer.within()));
        return Deadline.of(current.getCurrent())
                .bound(() -> rows(asked)
                        .chain(rows -> rows.isEmpty()
                                ? nothing(viewer, communityId)
                                : Uni.createFrom().item(rows)));
    }

    private Uni<List<ProposalRow>> rows(Conditions asked) {
        Batched<List<ProposalRow>> often = pages.get(asked.text());
        return often == null
                ? PAGE.with(PLACE, asked.text())
                        .run(pool, asked.values())
                        .map(rows -> rows.stream().map(ProposalRow::of).toList())
                : often.ask(asked.values());
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
