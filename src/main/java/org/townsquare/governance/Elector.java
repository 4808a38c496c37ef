package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.townsquare.identity.Role;

/** One who may vote on a proposal or a question. Written with the electorate, by one statement. */
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

    Elector() {}

    /** Its key. */
    public record Key(UUID electorateId, UUID userId) implements Serializable {}
}
