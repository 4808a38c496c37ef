package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Entry;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Ids;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Statement;

/**
 * The act that makes or changes a vote: one statement on its own connection, which judges the deadline and the electorate and appends its journal
 * entry. Where it writes nothing a second statement reads why.
 */
@ApplicationScoped
class Voting {
    private static final Statement VOTE = Statement.of(Voting.class, "vote.sql");
    private static final Statement WHY_NOT = Statement.of(Voting.class, "why-no-vote.sql");
    private static final int NONCE_BYTES = 16;

    private final Pool pool;
    private final Journal journal;
    private final RandomGenerator random;

    Voting(Pool pool, Journal journal, RandomGenerator random) {
        this.pool = pool;
        this.journal = journal;
        this.random = random;
    }

    /**
     * Problems: {@code not-found}, {@code proposal-not-voting}, {@code voting-closed}, {@code not-in-electorate}, {@code membership-suspended}, {@code
     * membership-banned}, {@code community-suspended}.
     */
    Uni<VoteAnswer> cast(Viewer viewer, UUID proposalId, Choice choice) {
        return VOTE.run(pool, parameters(viewer, proposalId, choice))
                .chain(rows -> rows.size() == 0
                        ? found(viewer, proposalId, choice).map(FoundVote::judge)
                        : Uni.createFrom().item(answer(rows.iterator().next())));
    }

    private static VoteAnswer answer(Row row) {
        return new VoteAnswer(VoteView.of(row), row.getBoolean("first"));
    }

    private Uni<FoundVote> found(Viewer viewer, UUID proposalId, Choice choice) {
        return WHY_NOT.run(pool, proposalId, viewer.userId(), choice.name(), viewer.unbarred())
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
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Digest receipt = Digest.ofLines(
                "townsquare-vote-1", proposalId.toString(), userId.toString(), choice.name(), Digest.base64Url(nonce));
        Entry entry =
                journal.entry(viewer, new VoteCast(Entry.placeholder(1), Entry.placeholder(2), proposalId, receipt));
        var values = new ArrayList<@Nullable Object>(Arrays.asList(
                proposalId, userId, Ids.next(), choice.name(), Buffer.buffer(nonce), Buffer.buffer(receipt.bytes())));
        values.addAll(Arrays.asList(entry.hotValues()));
        values.add(viewer.unbarred());
        return values.toArray();
    }
}
