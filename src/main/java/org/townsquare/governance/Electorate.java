package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Statement;
import org.townsquare.platform.TimeLimit;

/** Who may vote on a proposal, as of the opening. Has the proposal's id and never changes. */
@Entity
@Table(name = "electorate")
public class Electorate extends ActiveRecord {
    private static final Statement TAKE = Statement.of(Electorate.class, "take-electorate.sql");

    public UUID communityId;
    public Instant takenAt;
    public int electors;
    public long totalWeight;

    Electorate() {}

    /** Of a proposal that was opened and that the viewer has found. */
    static Uni<Electorate> of(Proposal proposal) {
        return Electorate.<Electorate>find("communityId = ?1 and id = ?2", proposal.communityId, proposal.id)
                .singleResult();
    }

    /** Writes it, from the members as they are, by the proposal's copy of the rule. Problems: {@code electorate-empty}. */
    static Uni<Electorate> take(Proposal proposal) {
        JsonObject rule = Objects.requireNonNull(proposal.rule);
        Instant now = Objects.requireNonNull(proposal.votingStartedAt);
        return TimeLimit.extended()
                .chain(session -> session.createNativeQuery(TAKE.sql(), Tuple.class)
                        .setParameter("proposal", proposal.id)
                        .setParameter("community", proposal.communityId)
                        .setParameter("rule", rule.encode())
                        .setParameter("presence", Objects.toString(proposal.presenceEventId, ""))
                        .setParameter("now", now)
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(() -> new Conflict("electorate-empty", "Nobody may vote under this rule."))
                .map(row -> taken(proposal, now, row));
    }

    private static Electorate taken(Proposal proposal, Instant now, Tuple row) {
        Electorate electorate = new Electorate();
        electorate.id = proposal.id;
        electorate.communityId = proposal.communityId;
        electorate.takenAt = now;
        electorate.electors = ((Number) row.get(0)).intValue();
        electorate.totalWeight = ((Number) row.get(1)).longValue();
        return electorate;
    }
}
