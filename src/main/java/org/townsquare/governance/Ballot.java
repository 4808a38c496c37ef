package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.NotFound;

/** A ballot as it stands. Written by {@code ballot.sql} alone and deleted when it is withdrawn; its id tells no time. */
@Entity
@Table(name = "ballot")
public class Ballot extends PanacheEntityBase {
    @Id
    public UUID id;

    public UUID communityId;
    public UUID questionId;

    @Enumerated(EnumType.STRING)
    public Secrecy secrecy;

    public UUID userId;
    public int weight;

    /** The database's own name of the type: by another one the validation does not know it. */
    @Column(columnDefinition = "_int2")
    @JdbcTypeCode(SqlTypes.ARRAY)
    public @Nullable Short[] marks;

    public Instant castAt;
    public int revision;
    public byte[] nonce;
    public byte[] receipt;

    Ballot() {}

    /** The viewer's own on a question; else {@code not-found}. Who has left keeps it. */
    static Uni<Ballot> ownOf(Viewer viewer, UUID questionId) {
        return one(Ballot.<Ballot>find("questionId = ?1 and userId = ?2", questionId, viewer.userId())
                        .firstResult())
                .map(ballot -> viewer.reached(ballot.communityId, ballot));
    }

    /** The one with this receipt, on a question that the viewer has found; else {@code not-found}. */
    static Uni<Ballot> withReceipt(Question question, Digest receipt) {
        return one(Ballot.<Ballot>find(
                        "communityId = ?1 and questionId = ?2 and receipt = ?3",
                        question.communityId,
                        question.id,
                        receipt.bytes())
                .firstResult());
    }

    private static Uni<Ballot> one(Uni<@Nullable Ballot> found) {
        return found.onItem().ifNull().failWith(NotFound::new).map(it -> it);
    }

    /** A page of those on a question whose ballots are disclosed to the viewer, in the order of their ids, which says nothing. */
    static Uni<List<BallotRow>> page(Question question, Paging paging) {
        return Ballot.find(
                        "select b, u.name from Ballot b join User u on u.id = b.userId "
                                + "where b.communityId = ?1 and b.questionId = ?2 and b.id > ?3 order by b.id",
                        question.communityId,
                        question.id,
                        paging.after(Cursor.of(new UUID(0, 0))).id())
                .project(BallotRow.class)
                .page(0, paging.rows())
                .list();
    }

    Marks says() {
        return Marks.of(marks);
    }
}
