package org.townsquare.governance;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.TooMany;

/**
 * What {@code look-at-question.sql} read for one who answers.
 *
 * @param opened whether it was ever opened
 * @param closed whether it takes no ballots now, since its deadline is past or it is not the time for them
 * @param elector whether this person is one of the electorate
 * @param standing the marks of the ballot that this person has there
 * @param told that ballot
 * @param secondsToWait the seconds until this person may change or withdraw it again; null where that is now
 */
record FoundQuestion(
        UUID communityId,
        boolean opened,
        boolean closed,
        boolean elector,
        BallotForm form,
        List<UUID> options,
        @Nullable Marks standing,
        @Nullable BallotView told,
        @Nullable Integer secondsToWait) {
    static FoundQuestion of(Row row) {
        String counting = row.getString("counting");
        Short maxScore = row.getShort("max_score");
        String marks = row.getString("marks");
        return new FoundQuestion(
                row.getUUID("community_id"),
                row.getBoolean("opened"),
                row.getBoolean("closed"),
                row.getBoolean("elector"),
                new BallotForm(
                        VotingMethod.valueOf(row.getString("method")),
                        counting == null ? null : Counting.valueOf(counting),
                        row.getBoolean("allow_blank"),
                        row.getShort("min_choices"),
                        row.getShort("max_choices"),
                        maxScore == null ? null : (Integer) maxScore.intValue()),
                List.of(row.getArrayOfUUIDs("options")),
                marks == null ? null : Marks.parse(marks),
                marks == null ? null : BallotView.of(row),
                row.getInteger("wait"));
    }

    /** Problems: {@code question-not-open}, {@code voting-closed}, {@code not-in-electorate}. */
    void requireAnswerable() {
        if (!opened) throw new Conflict("question-not-open", "The question has not been opened.");
        if (closed) throw new Conflict("voting-closed", "The vote is over.");
        if (!elector) throw new Forbidden("not-in-electorate", "You were not among the voters when the vote opened.");
    }

    /** Problems: {@code too-many-changes}. */
    void requireChange() {
        if (secondsToWait != null)
            throw new TooMany(
                    "too-many-changes",
                    "You change your ballot too often.",
                    Duration.ofSeconds(Math.max(1, secondsToWait)));
    }

    /** What the ballot says. Problems: those of {@link #requireAnswerable}, then {@code ballot-invalid}. */
    Marks read(CastBallot in) {
        requireAnswerable();
        return form.read(in, options);
    }

    /** The ballot with these marks, where that is the one that stands. */
    @Nullable
    BallotAnswer already(Marks marks) {
        return told != null && marks.equals(standing) ? new BallotAnswer(told, false) : null;
    }
}
