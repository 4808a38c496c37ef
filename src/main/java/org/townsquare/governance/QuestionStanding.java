package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stands beside a question for one viewer; {@code elector} is the viewer where the viewer may answer. */
@RegisterForReflection
record QuestionStanding(
        String authorName,
        @Nullable Electorate electorate,
        @Nullable Ballot ballot,
        @Nullable UUID elector) {
    QuestionStanding withoutBallot() {
        return new QuestionStanding(authorName, electorate, null, null);
    }
}
