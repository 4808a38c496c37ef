package org.townsquare.governance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.CanonicalJson;
import org.townsquare.platform.Digest;

/**
 * What a question came to, with the whole count: anyone who has the ballots can do it again. Options stand by their ids, votes are sums of weights.
 *
 * @param winner null unless the reason is DECIDED
 * @param tied the winners before the tie order, where the method left several
 * @param ranking places, the best first; the options of one place are equal
 * @param marked the ballots that say something
 * @param blanks those that say nothing
 * @param rounds of an instant run-off
 * @param pairwise of a count by pairs
 * @param ties each tie and what decided it
 */
@RegisterForReflection
record QuestionResult(
        ResultReason reason,
        @Nullable UUID winner,
        List<UUID> tied,
        List<List<UUID>> ranking,
        List<CountSheet.OptionCount> options,
        CountSheet.Ballots marked,
        CountSheet.Ballots blanks,
        @Nullable List<CountSheet.Round> rounds,
        CountSheet.@Nullable Pairwise pairwise,
        List<CountSheet.Tie> ties,
        QuestionTurnout turnout) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static QuestionResult decided(CountSheet sheet, QuestionTurnout turnout) {
        if (sheet.winner() == null) return of(ResultReason.NO_VOTES, null, sheet, turnout);
        return turnout.quorumMet()
                ? of(ResultReason.DECIDED, sheet.winner(), sheet, turnout)
                : of(ResultReason.QUORUM_NOT_MET, null, sheet, turnout);
    }

    /** What had been counted, and no outcome. */
    static QuestionResult cancelled(CountSheet sheet, QuestionTurnout turnout) {
        return of(
                ResultReason.CANCELLED,
                null,
                CountSheet.none(sheet.options(), sheet.marked(), sheet.blanks()),
                turnout);
    }

    private static QuestionResult of(
            ResultReason reason, @Nullable UUID winner, CountSheet sheet, QuestionTurnout turnout) {
        return new QuestionResult(
                reason,
                winner,
                sheet.tied(),
                sheet.ranking(),
                sheet.options(),
                sheet.marked(),
                sheet.blanks(),
                sheet.rounds(),
                sheet.pairwise(),
                sheet.ties(),
                turnout);
    }

    static QuestionResult of(JsonObject stored) {
        return stored.mapTo(QuestionResult.class);
    }

    JsonObject stored() {
        return JsonObject.mapFrom(this);
    }

    /** SHA-256 of it as RFC 8785 writes it. */
    Digest hash() {
        return Digest.sha256(CanonicalJson.write(JSON.valueToTree(this)).getBytes(StandardCharsets.UTF_8));
    }

    /** The sheet as it is counted, whatever followed from it. */
    CountSheet sheet() {
        return new CountSheet(winner, tied, ranking, options, marked, blanks, rounds, pairwise, ties);
    }
}
