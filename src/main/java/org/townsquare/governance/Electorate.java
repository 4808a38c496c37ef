package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Statement;
import org.townsquare.platform.TimeLimit;

/** Who may vote on a proposal or a question, as of the opening. Has the id of that and never changes. */
@Entity
@Table(name = "electorate")
public class Electorate extends ActiveRecord {
    private static final Statement TAKE = Statement.of(Electorate.class, "take-electorate.sql");

    public UUID communityId;

    @Enumerated(EnumType.STRING)
    public ElectorateSubject subject;

    public Instant takenAt;
    public int electors;
    public long totalWeight;

    Electorate() {}

    /** What is shown of it and no more, from a row that a hand-written statement joined with it; null where it has none. */
    static @Nullable Electorate of(Row row) {
        Integer electors = row.getInteger("electors");
        if (electors == null) return null;
        Electorate electorate = new Electorate();
        electorate.electors = electors;
        electorate.totalWeight = row.getLong("total_weight");
        return electorate;
    }

    /** Of a proposal that was opened and that the viewer has found. */
    static Uni<Electorate> of(Proposal proposal) {
        return Electorate.<Electorate>find("communityId = ?1 and id = ?2", proposal.communityId, proposal.id)
                .singleResult();
    }

    /** Of a question that was opened and that the viewer has found. */
    static Uni<Electorate> of(Question question) {
        return Electorate.<Electorate>find("communityId = ?1 and id = ?2", question.communityId, question.id)
                .singleResult();
    }

    /** Writes it, from the members as they are, by the proposal's copy of the rule. Problems: {@code electorate-empty}. */
    static Uni<Electorate> take(Proposal proposal) {
        return take(
                ElectorateSubject.PROPOSAL,
                proposal.id,
                proposal.communityId,
                Objects.requireNonNull(proposal.rule),
                proposal.presenceEventId,
                Objects.requireNonNull(proposal.votingStartedAt));
    }

    /** The same by the question's copy. Problems: {@code electorate-empty}. */
    static Uni<Electorate> take(Question question) {
        return take(
                ElectorateSubject.QUESTION,
                question.id,
                question.communityId,
                Objects.requireNonNull(question.rule),
                null,
                Objects.requireNonNull(question.openedAt));
    }

    private static Uni<Electorate> take(
            ElectorateSubject subject,
            UUID id,
            UUID communityId,
            JsonObject rule,
            @Nullable UUID presence,
            Instant now) {
        return TimeLimit.extended()
                .chain(session -> session.createNativeQuery(TAKE.sql(), Tuple.class)
                        .setParameter("id", id)
                        .setParameter("subject", subject.name())
                        .setParameter("community", communityId)
                        .setParameter("rule", rule.encode())
                        .setParameter("presence", Objects.toString(presence, ""))
                        .setParameter("now", now)
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(() -> new Conflict("electorate-empty", "Nobody may vote under this rule."))
                .map(row -> taken(subject, id, communityId, now, row));
    }

    private static Electorate taken(ElectorateSubject subject, UUID id, UUID communityId, Instant now, Tuple row) {
        Electorate electorate = new Electorate();
        electorate.id = id;
        electorate.communityId = communityId;
        electorate.subject = subject;
        electorate.takenAt = now;
        electorate.electors = ((Number) row.get(0)).intValue();
        electorate.totalWeight = ((Number) row.get(1)).longValue();
        return electorate;
    }
}
