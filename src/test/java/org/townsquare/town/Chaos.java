package org.townsquare.town;

import java.util.Random;

/** How the tests of reliability run: short and with a fixed seed in every build, long and with a fresh seed by {@code -Pchaos}. */
public final class Chaos {
    public static final boolean LONG = Integer.getInteger("townsquare.race.rounds", 3) > 3;

    private Chaos() {}

    /** Where a long form fails, its seed is what to begin with. */
    public static Random random(String test) {
        long seed = LONG ? Long.getLong("townsquare.seed", System.nanoTime()) : 1;
        System.out.printf("%s: %s form, -Dtownsquare.seed=%d%n", test, LONG ? "long" : "short", seed);
        return new Random(seed);
    }
}
