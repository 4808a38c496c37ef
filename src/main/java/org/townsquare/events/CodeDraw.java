package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import org.townsquare.platform.Problem.Busy;

/** Drawing a code that was not drawn before. A taken one ends its transaction, so that another is drawn in the next. */
final class CodeDraw {
    /** How often another code is drawn where the first was taken: with 40 random bits, once is rare already. */
    private static final int REDRAWS = 5;

    private CodeDraw() {}

    /**
     * Problems: {@code busy}, and those of the attempt.
     *
     * @param attempt draws a code and writes it, in a transaction of its own
     */
    static <T> Uni<T> until(Supplier<Uni<T>> attempt) {
        return until(attempt, REDRAWS);
    }

    private static <T> Uni<T> until(Supplier<Uni<T>> attempt, int redraws) {
        return attempt.get()
                .onFailure(e -> Refusal.isBy("event_code_text", e))
                .recoverWithUni(
                        () -> redraws == 0 ? Uni.createFrom().failure(new Busy()) : until(attempt, redraws - 1));
    }
}
