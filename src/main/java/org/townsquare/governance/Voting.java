package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Entry;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Batched;
import org.townsquare.platform.Batching;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Ids;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Statement;

/**
 * The acts that make, change or withdraw a vote: one statement on its own connection, for itself or in a {@link Batched batch}, which judges the deadline and the electorate and appends its journal
 * entry. Where it writes nothing a second statement reads why.
 */
@ApplicationScoped
class Voting {
    private static final Statement VOTE = Statement.of(Voting.class, "vote.sql");
    private static final Statement VOTES = Statement.of(Voting.class, "votes.sql");

    /** A voter has one vote on a proposal: of two that come at once the second does not go in the same statement. */
    private static final List<Integer> PROPOSAL_AND_VOTER = List.of(0, 1);

    private static final Statement WITHDRAW = Statement.of(Voting.class, "withdraw-vote.sql");
    private static final Statement WHY_NOT = Statement.of(Voting.class, "why-no-vote.sql");
    private static final int NONCE_BYTES = 16;

    /** What stands in the receipt in place of a choice. */
    private static final String WITHDRAWN = "WITHDRAWN";

    private final Pool pool;
    private final Batched<Optional<Row>> votes;
    private final Journal journal;
    private final RandomGenerator random;
    private final int changesPerMinute;

    @Inject
    Voting(Pool pool, Batching batching, Journal journal, RandomGenerator random, GovernanceConfig config) {
        this(pool, batching, journal, random, config.voteChangesPerMinute());
    }

    /** @param changesPerMinute 0 for no limit */
    Voting(Pool pool, Batching batching, Journal journal, RandomGenerator random, int changesPerMinute) {
        this.pool = pool;
        votes = batching.writing(
                "vote",
                VOTE,
                VOTES,
                PROPOSAL_AND_VOTER,
                UUID.class,
                UUID.class,
                UUID.class,
                String.class,
                Buffer.class,
                Buffer.class,
                UUID.class,
                Integer.class,
                OffsetDateTime.class,
                UUID.class,
                String.class,
                String.class,
                String.class,
                String.class,
                Buffer.class,
                UUID[].class,
                Integer.class);
        this.journal = journal;
        this.random = random;
        this.changesPerMinute = changesPerMinute;
    }

    /**
     * Problems: {@code not-found}, {@code proposal-not-voting}, {@code voting-closed}, {@code not-in-electorate}, {@code too-many-changes}, {@code
     * membership-suspended}, {@code membership-banned}, {@code community-suspended}.
     */
    Uni<VoteAnswer> cast(Viewer viewer, UUID proposalId, Choice choice) {
        return votes.ask(parameters(viewer, proposalId, choice))
                .chain(row -> row.isEmpty()
                        ? found(viewer, proposalId, choice.name()).map(FoundVote::judge)
                        : Uni.createFrom().item(answer(row.get())));
    }

    /** Takes the vote back, where there is one. Problems: the same. */
    Uni<Void> withdraw(Viewer viewer, UUID proposalId) {
        byte[] nonce = nonce();
        Digest receipt = receipt(proposalId, viewer.userId(), WITHDRAWN, nonce);
        return pool.withTransaction(connection -> WITHDRAW.run(
                                connection,
                                proposalId,
                                viewer.userId(),
                                Buffer.buffer(nonce),
                                Buffer.buffer(receipt.bytes()),
                                viewer.unbarred(),
                                changesPerMinute)
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().item(false)
                                : withdrawn(
                                        connection,
                                        viewer,
                                        proposalId,
                                        receipt,
                                        rows.iterator().next())))
                .chain(done -> done
                        ? Uni.createFrom().voidItem()
                        : found(viewer, proposalId, null)
                                .invoke(FoundVote::judgeWithdrawal)
                                .replaceWithVoid());
    }

    private Uni<Boolean> withdrawn(SqlConnection connection, Viewer viewer, UUID proposalId, Digest receipt, Row vote) {
        return journal.record(
                        connection,
                        viewer,
                        new VoteWithdrawn(vote.getUUID("community_id"), vote.getUUID("id"), proposalId, receipt))
                .replaceWith(true);
    }

    private static VoteAnswer answer(Row row) {
        return new VoteAnswer(VoteView.of(row), row.getBoolean("first"));
    }

    private Uni<FoundVote> found(Viewer viewer, UUID proposalId, @Nullable String choice) {
        return WHY_NOT.run(pool, proposalId, viewer.userId(), choice, viewer.unbarred(), changesPerMinute)
                .map(rows -> {
                    if (rows.size() == 0) throw new NotFound();
                    Row row = rows.iterator().next();
                    UUID community = row.getUUID("community_id");
                    viewer.reached(community, viewer.in(community)).requireUnbarred();
                    return FoundVote.of(row);
                });
    }

    private @Nullable Object[] parameters(Viewer viewer, UUID proposalId, Choice choice) {
        UUID userId = viewer.userId();
        byte[] nonce = nonce();
        Digest receipt = receipt(proposalId, userId, choice.name(), nonce);
        Entry entry =
                journal.entry(viewer, new VoteCast(Entry.placeholder(1), Entry.placeholder(2), proposalId, receipt));
        var values = new ArrayList<@Nullable Object>(Arrays.asList(
                proposalId, userId, Ids.next(), choice.name(), Buffer.buffer(nonce), Buffer.buffer(receipt.bytes())));
        values.addAll(Arrays.asList(entry.hotValues()));
        values.add(viewer.unbarred());
        values.add(changesPerMinute);
        return values.toArray();
    }

    private byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    private static Digest receipt(UUID proposalId, UUID userId, String choice, byte[] nonce) {
        return Digest.ofLines(
                "townsquare-vote-1", proposalId.toString(), userId.toString(), choice, Digest.base64Url(nonce));
    }
}
