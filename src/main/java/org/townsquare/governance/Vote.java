package org.townsquare.governance;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.ActiveRecord;

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
}
