package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.townsquare.platform.LongRead;

/**
 * The counts of questions as they are shown, each worked out for all who look at the same time and shown again for a while: to count many ballots takes
 * seconds, and everyone who sees a question may ask for it.
 */
@Singleton
class ShownCounts {
    private final LongRead reading;
    private final Shared<Key, ShownCount> shared;

    ShownCounts(LongRead reading, GovernanceConfig config) {
        this.reading = reading;
        this.shared = new Shared<>(config.countShownFor(), System::nanoTime);
    }

    /** The version changes at the close, with what is disclosed. */
    private record Key(UUID question, long version) {}

    /** In a transaction of its own, outside of every other: of a question that was opened, as the caller has just read it. Problems: {@code deadline-exceeded}. */
    Uni<ShownCount> of(Question question) {
        Context context = Vertx.currentContext();
        return shared.get(new Key(question.id, question.version), () -> reading.within(() -> ShownCount.of(question)))
                .emitOn(next -> context.runOnContext(ignored -> next.run()));
    }
}
