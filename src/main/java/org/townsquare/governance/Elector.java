package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Role;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;

/** One who may vote on a proposal. Written with the electorate, by one statement. */
@Entity
@Table(name = "elector")
@IdClass(Elector.Key.class)
public class Elector extends PanacheEntityBase {
    @Id
    public UUID electorateId;

    @Id
    public UUID userId;

    public UUID communityId;
    public int weight;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Enumerated(EnumType.STRING)
    public Role[] roles;

    public String basis;

    /** How many of the latest events of the rule's group; null where it names none. */
    public @Nullable Short attended;

    Elector() {}

    /** A page of those who may vote on a proposal that the viewer has found and may read them of, in the order of their user ids. */
    static Uni<List<ElectorRow>> page(Proposal proposal, Paging paging) {
        return Elector.find(
                        "select e, u.name from Elector e join User u on u.id = e.userId "
                                + "where e.communityId = ?1 and e.electorateId = ?2 and e.userId > ?3 order by e.userId",
                        proposal.communityId,
                        proposal.id,
                        paging.after(Cursor.of(new UUID(0, 0))).id())
                .project(ElectorRow.class)
                .page(0, paging.rows())
                .list();
    }

    /** Its key. */
    public record Key(UUID electorateId, UUID userId) implements Serializable {}
}
