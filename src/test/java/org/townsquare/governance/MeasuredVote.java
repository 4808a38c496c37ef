package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.townsquare.communities.MeasuredViewer;
import org.townsquare.journal.Fact;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Batching;
import org.townsquare.platform.Digest;

/** The same vote in two ways. */
public final class MeasuredVote {
    private final Voting voting;
    private final Journal journal;
    private final RandomGenerator random;
    private final Clock clock;

    public MeasuredVote(Pool pool, Batching batching, Journal journal, RandomGenerator random, Clock clock) {
        voting = new Voting(pool, batching, journal, random, 0);
        this.journal = journal;
        this.random = random;
        this.clock = clock;
    }

    /** As the service casts it. */
    public Uni<?> byStatement(UUID proposalId, UUID userId, Choice choice) {
        return voting.cast(new MeasuredViewer(userId), proposalId, choice);
    }

    /** As it would be with entities: find and lock, act, record. */
    public Uni<?> bySession(UUID proposalId, UUID userId, Choice choice) {
        return Panache.withTransaction(() -> Proposal.<Proposal>find("id", proposalId)
                .withLock(LockModeType.PESSIMISTIC_READ)
                .singleResult()
                .chain(proposal -> Elector.<Elector>findById(new Elector.Key(proposalId, userId))
                        .chain(elector -> Vote.<Vote>find("proposalId = ?1 and userId = ?2", proposalId, userId)
                                .firstResult()
                                .chain(before -> {
                                    Vote vote = before == null ? first(elector) : before;
                                    return vote.persist()
                                            .chain(() -> journal.record(
                                                    new MeasuredViewer(userId), cast(vote, proposal, choice)));
                                }))));
    }

    private static Vote first(Elector elector) {
        Vote vote = new Vote();
        vote.communityId = elector.communityId;
        vote.proposalId = elector.electorateId;
        vote.userId = elector.userId;
        vote.weight = elector.weight;
        vote.revision = -1;
        return vote;
    }

    private Fact cast(Vote vote, Proposal proposal, Choice choice) {
        Instant now = clock.instant();
        if (proposal.status != ProposalStatus.VOTING || !now.isBefore(Objects.requireNonNull(proposal.closesAt)))
            throw new IllegalStateException("not voting");
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        Digest receipt = Digest.ofLines(
                "townsquare-vote-1",
                proposal.id.toString(),
                vote.userId.toString(),
                choice.name(),
                Digest.base64Url(nonce));
        vote.choice = choice;
        vote.castAt = now;
        vote.nonce = nonce;
        vote.receipt = receipt.bytes();
        vote.revision++;
        return vote.revision == 0
                ? new VoteCast(vote.communityId, vote.id, proposal.id, receipt)
                : new VoteChanged(vote.communityId, vote.id, proposal.id, receipt);
    }
}
