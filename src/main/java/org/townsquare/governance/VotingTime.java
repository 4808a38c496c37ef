package org.townsquare.governance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Unprocessable;

/** How long a vote lasts under a rule. */
final class VotingTime {
    private VotingTime() {}

    /** When a vote that opens now ends: as asked for, or by default as the rule says. Problems: {@code closes-at-out-of-range}. */
    static Instant end(RuleTerms terms, @Nullable Instant asked, Instant now) {
        Instant end =
                asked == null ? now.plusSeconds(terms.defaultVotingSeconds()) : asked.truncatedTo(ChronoUnit.MICROS);
        if (!end.isAfter(now)
                || end.isBefore(now.plusSeconds(terms.minVotingSeconds()))
                || end.isAfter(now.plusSeconds(terms.maxVotingSeconds())))
            throw new Unprocessable(
                    "closes-at-out-of-range",
                    "The rule asks for a vote of " + terms.minVotingSeconds() + " to " + terms.maxVotingSeconds()
                            + " seconds.");
        return end;
    }
}
