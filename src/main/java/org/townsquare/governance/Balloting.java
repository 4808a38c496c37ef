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
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Statement;

/**
 * The acts that make, change and withdraw a ballot: a look at what the question asks, then one statement on its own connection, which judges the deadline
 * and the electorate and appends its journal entry.
 */
@ApplicationScoped
class Balloting {
    private static final Statement LOOK = Statement.of(Balloting.class, "look-at-question.sql");
    private static final Statement CAST = Statement.of(Balloting.class, "ballot.sql");
    private static final Statement WITHDRAW = Statement.of(Balloting.class, "withdraw-ballot.sql");
    private static final int NONCE_BYTES = 16;

    private final Pool pool;
    private final Journal journal;
    private final RandomGenerator random;
    private final int changesPerMinute;

    Balloting(Pool pool, Journal journal, RandomGenerator random, GovernanceConfig config) {
        this.pool = pool;
        this.journal = journal;
        this.random = random;
        this.changesPerMinute = config.voteChangesPerMinute();
    }

    /**
     * Problems: {@code not-found}, {@code question-not-open}, {@code voting-closed}, {@code not-in-electorate}, {@code ballot-invalid}, {@code
     * too-many-changes}, {@code membership-suspended}, {@code membership-banned}, {@code community-suspended}.
     */
    Uni<BallotAnswer> cast(Viewer viewer, UUID questionId, CastBallot in) {
        return found(viewer, questionId)
                .map(question -> question.read(in))
                .chain(marks -> CAST.run(pool, parameters(viewer, questionId, marks))
                        .chain(rows -> rows.size() == 0
                                ? already(viewer, questionId, in, marks)
                                : Uni.createFrom().item(answer(rows.iterator().next()))));
    }

    private static BallotAnswer answer(Row row) {
        return new BallotAnswer(BallotView.of(row), row.getBoolean("first"));
    }

    /** Nothing was written: the ballot was this already, it changes too often, or the question closed meanwhile; or the voter changed it at the same time, and then it is cast again. */
    private Uni<BallotAnswer> already(Viewer viewer, UUID questionId, CastBallot in, Marks marks) {
        return found(viewer, questionId).chain(question -> {
            question.requireAnswerable();
            BallotAnswer answer = question.already(marks);
            if (answer != null) return Uni.createFrom().item(answer);
            question.requireChange();
            return cast(viewer, questionId, in);
        });
    }

    /**
     * Nothing, where there is no ballot. Problems: {@code not-found}, {@code question-not-open}, {@code voting-closed}, {@code not-in-electorate}, {@code
     * too-many-changes}, {@code membership-suspended}, {@code membership-banned}, {@code community-suspended}.
     */
    Uni<Void> withdraw(Viewer viewer, UUID questionId) {
        Entry entry =
                journal.entry(viewer, new BallotWithdrawn(Entry.placeholder(1), Entry.placeholder(2), questionId));
        var values = new ArrayList<@Nullable Object>(Arrays.asList(questionId, viewer.userId()));
        values.addAll(Arrays.asList(entry.hotValues()));
        values.add(viewer.unbarred());
        values.add(changesPerMinute);
        return WITHDRAW.run(pool, values.toArray())
                .chain(rows -> rows.size() == 0
                        ? notWithdrawn(viewer, questionId)
                        : Uni.createFrom().voidItem());
    }

    /** There was no ballot, or it changes too often; or one was cast at the same time, and then that is withdrawn. */
    private Uni<Void> notWithdrawn(Viewer viewer, UUID questionId) {
        return found(viewer, questionId).chain(question -> {
            question.requireAnswerable();
            if (question.told() == null) return Uni.createFrom().voidItem();
            question.requireChange();
            return withdraw(viewer, questionId);
        });
    }

    private Uni<FoundQuestion> found(Viewer viewer, UUID questionId) {
        return LOOK.run(pool, questionId, viewer.userId(), viewer.unbarred(), changesPerMinute)
                .map(rows -> {
                    if (rows.size() == 0) throw new NotFound();
                    FoundQuestion found = FoundQuestion.of(rows.iterator().next());
                    var member = viewer.reached(found.communityId(), viewer.in(found.communityId()));
                    if (!found.opened() && !GovernanceRights.mayManageQuestions(member)) throw new NotFound();
                    member.requireUnbarred();
                    return found;
                });
    }

    private @Nullable Object[] parameters(Viewer viewer, UUID questionId, Marks marks) {
        UUID userId = viewer.userId();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Digest receipt = Digest.ofLines(
                "townsquare-ballot-1", questionId.toString(), userId.toString(), marks.text(), Digest.base64Url(nonce));
        Entry entry =
                journal.entry(viewer, new BallotCast(Entry.placeholder(1), Entry.placeholder(2), questionId, receipt));
        var values = new ArrayList<@Nullable Object>(
                Arrays.asList(questionId, userId, marks.array(), Buffer.buffer(nonce), Buffer.buffer(receipt.bytes())));
        values.addAll(Arrays.asList(entry.hotValues()));
        values.add(viewer.unbarred());
        values.add(changesPerMinute);
        return values.toArray();
    }
}
