package org.townsquare.governance;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.TooMany;

/**
 * What {@code why-no-vote.sql} read after a vote that wrote nothing.
 *
 * @param opened whether the vote was ever opened
 * @param closed whether the proposal takes no votes now, since its deadline is past or it is not the time for them
 * @param elector whether this person is one of the electorate
 * @param told the vote with this choice that stands, or that stood until the same person changed it a moment ago
 * @param secondsToWait the seconds until the voter may change it to this; null where this is no change, or none too many
 */
record FoundVote(
        boolean opened,
        boolean closed,
        boolean elector,
        @Nullable VoteView told,
        @Nullable Integer secondsToWait) {
    /** The clock goes on between a refusal and the question why. */
    private static final int LONG_AGO = -60;

    static FoundVote of(Row row) {
        return new FoundVote(
                row.getBoolean("opened"),
                row.getBoolean("closed"),
                row.getBoolean("elector"),
                row.getString("choice") == null ? null : VoteView.of(row),
                row.getInteger("wait"));
    }

    /**
     * The vote that was there already. Problems: {@code proposal-not-voting}, {@code voting-closed}, {@code not-in-electorate}, {@code too-many-changes}.
     */
    VoteAnswer judge() {
        requireElector();
        requireChange();
        // an elector without this vote came a moment before the opening
        if (told == null) throw notOpened();
        return new VoteAnswer(told, false);
    }

    /** Refuses a withdrawal, or there was nothing to withdraw. Problems: the same. */
    void judgeWithdrawal() {
        requireElector();
        if (!opened) throw notOpened();
        requireChange();
    }

    private void requireElector() {
        if (opened && closed) throw new Conflict("voting-closed", "The vote is over.");
        if (opened && !elector)
            throw new Forbidden("not-in-electorate", "You were not among the voters when the vote opened.");
    }

    private void requireChange() {
        if (secondsToWait != null && secondsToWait > LONG_AGO)
            throw new TooMany(
                    "too-many-changes",
                    "You change your vote too often.",
                    Duration.ofSeconds(Math.max(1, secondsToWait)));
    }

    private static Conflict notOpened() {
        return new Conflict("proposal-not-voting", "The vote has not been opened.");
    }
}
