package org.townsquare.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Transactions that the database rolled back so that another could go on (SQLSTATE 40001 and 40P01): they are done again, at most three times, each after
 * a pause of chance, so that the two do not meet again. Nothing else is ever repeated by the service.
 */
final class GivenWay {
    private static final int MOST = 3;
    private static final int LONGEST_PAUSE_MILLIS = 50;

    private GivenWay() {}

    /** @param transaction all of it, from its begin to its commit */
    static <T> Uni<T> repeated(Supplier<Uni<T>> transaction) {
        return attempt(transaction, MOST);
    }

    private static <T> Uni<T> attempt(Supplier<Uni<T>> transaction, int left) {
        return Uni.createFrom()
                .deferred(transaction::get)
                .onFailure(e -> left > 0 && Outage.isOfTheRace(e))
                .recoverWithUni(() -> pause().chain(() -> attempt(transaction, left - 1)));
    }

    /** On the context of the request, where its session will be. */
    private static Uni<Void> pause() {
        Context here = Vertx.currentContext();
        int millis = 1 + ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS);
        return Uni.createFrom().emitter(pause -> here.owner().setTimer(millis, id -> pause.complete(null)));
    }
}
