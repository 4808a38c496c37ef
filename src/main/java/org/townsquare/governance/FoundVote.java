package org.townsquare.governance;

import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Forbidden;

/**
 * What {@code why-no-vote.sql} read after a vote that wrote nothing.
 *
 * @param opened whether the vote was ever opened
 * @param closed whether the proposal takes no votes now, since its deadline is past or it is not the time for them
 * @param elector whether this person is one of the electorate
 * @param told the vote with this choice that stands, or that stood until the same person changed it a moment ago
 */
record FoundVote(
        boolean opened,
        boolean closed,
        boolean elector,
        @Nullable VoteView told) {
    static FoundVote of(Row row) {
        return new FoundVote(
                row.getBoolean("opened"),
                row.getBoolean("closed"),
                row.getBoolean("elector"),
                row.getString("choice") == null ? null : VoteView.of(row));
    }

    /** The vote that was there already. Problems: {@code proposal-not-voting}, {@code voting-closed}, {@code not-in-electorate}. */
    VoteAnswer judge() {
        if (opened && closed) throw new Conflict("voting-closed", "The vote is over.");
        if (opened && !elector)
            throw new Forbidden("not-in-electorate", "You were not among the voters when the vote opened.");
        // an elector without this vote came a moment before the opening
        if (told == null) throw new Conflict("proposal-not-voting", "The vote has not been opened.");
        return new VoteAnswer(told, false);
    }
}
