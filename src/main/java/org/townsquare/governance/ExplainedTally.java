package org.townsquare.governance;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a vote comes to and why, in numbers and in words. */
record ExplainedTally(
        UUID proposalId,
        ProposalStatus status,
        boolean closing,
        TallyView tally,

        @Schema(description = "Whether this is the end of it. Else the rest says what would be if the vote ended now.")
        boolean decided,

        Outcome outcome,
        OutcomeReason reason,

        @Schema(description = "The same in words.") String sentence,

        @Schema(
                description =
                        "Every condition of the rule; the proposal passes when all hold. None for a cancelled vote.")
        List<Condition> predicates) {
    /**
     * One condition: left comparison right. In the formula Y, N and A are the weights in favour, against and abstaining, T their sum, E that of the
     * electorate.
     */
    @Schema(name = "TallyCondition")
    record Condition(
            String name,
            String formula,
            String left,
            String comparison,
            String right,
            boolean holds,

            @Schema(description = "The same in words.") String sentence) {}

    /** Of a vote whose counts are disclosed. */
    static ExplainedTally of(Proposal proposal, Electorate electorate, ProposalTally tally, Instant now) {
        var counts = new Counts(tally.yes, tally.no, tally.abstain, electorate.totalWeight);
        var words = new Explanation(proposal.terms(), counts, electorate.totalWeight != electorate.electors);
        boolean decided = proposal.outcome != null;
        Outcome outcome = proposal.outcome;
        OutcomeReason reason = proposal.outcomeReason;
        @Nullable JsonObject kept = proposal.explanation;
        List<Condition> conditions = List.of();
        if (kept != null || outcome == null) {
            Decision decision = kept == null ? Decision.of(proposal.terms(), counts) : kept.mapTo(Decision.class);
            outcome = decision.outcome();
            reason = decision.reason();
            conditions = decision.predicates().stream().map(words::of).toList();
        }
        return new ExplainedTally(
                proposal.id,
                proposal.status,
                proposal.isClosing(now),
                Objects.requireNonNull(TallyView.of(proposal.status, proposal.results(), electorate, tally)),
                decided,
                outcome,
                Objects.requireNonNull(reason),
                words.of(outcome, reason, decided),
                conditions);
    }
}
