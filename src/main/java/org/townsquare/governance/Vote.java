package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Columns;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.NotFound;

/** A vote as it stands. Written by {@code vote.sql} alone; what it was before is kept by the database. */
@Entity
@Table(name = "vote")
public class Vote extends ActiveRecord {
    public UUID communityId;
    public UUID proposalId;
    public UUID userId;
    public int weight;

    @Enumerated(EnumType.STRING)
    public @Nullable Choice choice;

    public Instant castAt;
    public int revision;
    public byte[] nonce;
    public byte[] receipt;

    Vote() {}

    /** What is shown to its voter and no more, from a row that a hand-written statement joined with it; null where there is none. */
    static @Nullable Vote of(Row row) {
        OffsetDateTime castAt = row.getOffsetDateTime("cast_at");
        if (castAt == null) return null;
        Vote vote = new Vote();
        vote.choice = Columns.oneOf(Choice.class, row, "choice");
        vote.castAt = castAt.toInstant();
        vote.receipt = row.getBuffer("receipt").getBytes();
        return vote;
    }

    /** The viewer's own on a proposal, while it stands; else {@code not-found}. Who has left keeps it. */
    static Uni<Vote> ownOf(Viewer viewer, UUID proposalId) {
        return Vote.<Vote>find("proposalId = ?1 and userId = ?2 and choice is not null", proposalId, viewer.userId())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .map(vote -> viewer.reached(vote.communityId, vote));
    }

    /** A page of the votes on a proposal that the viewer has found and may read them of, in the order of the voters' ids. */
    static Uni<List<VoteRow>> page(Proposal proposal, Paging paging) {
        return Vote.find(
                        "select v, u.name from Vote v join User u on u.id = v.userId "
                                + "where v.proposalId = ?1 and v.choice is not null and v.userId > ?2 order by v.userId",
                        proposal.id,
                        paging.after(Cursor.of(new UUID(0, 0))).id())
                .project(VoteRow.class)
                .page(0, paging.rows())
                .list();
    }

    /** A page of the viewer's own in communities that the viewer sees, those begun last first. */
    static Uni<List<MyVoteRow>> page(Viewer viewer, Paging paging) {
        UUID within = viewer.within();
        var values = new ArrayList<Object>(List.of(
                viewer.userId(), paging.after(Cursor.of(new UUID(-1, -1))).id()));
        if (within != null) values.add(within);
        return Vote.find(
                        "select v, p.title from Vote v join Proposal p on p.id = v.proposalId join Community c on c.id = v.communityId "
                                + "where v.userId = ?1 and v.id < ?2 and v.choice is not null and "
                                + Community.SEEN
                                + (within == null ? "" : " and c.id = ?3") + " order by v.id desc",
                        values.toArray())
                .project(MyVoteRow.class)
                .page(0, paging.rows())
                .list();
    }
}
