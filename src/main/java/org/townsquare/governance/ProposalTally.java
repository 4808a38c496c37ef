package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The counts that are shown: while the vote is open as a follower last saw them, after it the exact ones. */
@Entity
@Table(name = "proposal_tally")
public class ProposalTally extends PanacheEntityBase {
    @Id
    public UUID proposalId;

    public UUID communityId;
    public long yes;
    public long no;
    public long abstain;
    public long voters;
    public Instant asOf;

    @Column(name = "final")
    public boolean isFinal;

    ProposalTally() {}

    /** Of a proposal that the caller holds. */
    static Uni<ProposalTally> of(Proposal proposal) {
        return ProposalTally.<ProposalTally>find(
                        "communityId = ?1 and proposalId = ?2", proposal.communityId, proposal.id)
                .singleResult();
    }

    /** What is shown of it, from a row that a hand-written statement joined with it; null where it has none. */
    static @Nullable ProposalTally of(Row row) {
        OffsetDateTime asOf = row.getOffsetDateTime("as_of");
        if (asOf == null) return null;
        ProposalTally tally = new ProposalTally();
        tally.yes = row.getLong("yes");
        tally.no = row.getLong("no");
        tally.abstain = row.getLong("abstain");
        tally.voters = row.getLong("voters");
        tally.asOf = asOf.toInstant();
        tally.isFinal = row.getBoolean("final");
        return tally;
    }

    static ProposalTally zero(Proposal proposal) {
        ProposalTally tally = new ProposalTally();
        tally.proposalId = proposal.id;
        tally.communityId = proposal.communityId;
        tally.asOf = Objects.requireNonNull(proposal.votingStartedAt);
        return tally;
    }

    /** Writes the exact counts, which nobody changes any more. */
    void finish(Recount recount) {
        yes = recount.yes();
        no = recount.no();
        abstain = recount.abstain();
        voters = recount.voters();
        asOf = recount.now();
        isFinal = true;
    }
}
