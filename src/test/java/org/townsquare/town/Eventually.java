package org.townsquare.town;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** What becomes true soon: asked again and again until a deadline. */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(25);

    private Eventually() {}

    public static void holds(Runnable assertion) {
        holds(DEADLINE, assertion);
    }

    /** Passes as soon as the assertion does; at the deadline its last failure is thrown. */
    public static void holds(Duration within, Runnable assertion) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() >= deadline) throw e;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** The same for a condition that says only yes or no. */
    public static void holds(Duration within, String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) Assertions.fail("not within " + within + ": " + what);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
