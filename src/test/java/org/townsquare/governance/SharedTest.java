package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class SharedTest {
    private long now;
    private int begun;
    private CompletableFuture<Integer> work = new CompletableFuture<>();

    private Shared<String, Integer> shared(int leastSeconds) {
        return new Shared<>(Duration.ofSeconds(leastSeconds), () -> now);
    }

    private CompletableFuture<Integer> ask(Shared<String, Integer> shared, String key) {
        return shared.get(key, () -> {
                    begun++;
                    work = new CompletableFuture<>();
                    return Uni.createFrom().completionStage(work);
                })
                .subscribeAsCompletionStage();
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    @Test
    void who_asks_while_it_is_worked_out_waits_for_that() {
        var shared = shared(0);
        var first = ask(shared, "a");
        pass(60_000);
        var second = ask(shared, "a");
        assertEquals(1, begun);
        assertFalse(second.isDone());
        work.complete(7);
        assertEquals(7, first.join());
        assertEquals(7, second.join());
    }

    @Test
    void it_is_told_again_for_ten_times_as_long_as_it_took() {
        var shared = shared(2);
        var first = ask(shared, "a");
        pass(1000);
        work.complete(1);
        assertEquals(1, first.join());
        pass(9999);
        assertEquals(1, ask(shared, "a").join());
        pass(1);
        var again = ask(shared, "a");
        assertEquals(2, begun);
        work.complete(2);
        assertEquals(2, again.join());
    }

    @Test
    void what_takes_no_time_is_told_again_for_the_least_time() {
        var shared = shared(2);
        var first = ask(shared, "a");
        work.complete(1);
        assertEquals(1, first.join());
        pass(1999);
        assertEquals(1, ask(shared, "a").join());
        pass(1);
        assertFalse(ask(shared, "a").isDone());
    }

    @Test
    void without_a_least_time_nothing_is_told_again() {
        var shared = shared(0);
        for (int i = 1; i <= 3; i++) {
            var answer = ask(shared, "a");
            pass(1000);
            work.complete(i);
            assertEquals(i, answer.join());
        }
    }

    @Test
    void a_failure_is_not_kept() {
        var shared = shared(2);
        var first = ask(shared, "a");
        var second = ask(shared, "a");
        work.completeExceptionally(new IllegalStateException("no database"));
        assertThrows(CompletionException.class, first::join);
        assertThrows(CompletionException.class, second::join);
        var third = ask(shared, "a");
        work.complete(3);
        assertEquals(3, third.join());
    }

    @Test
    void what_others_ask_for_is_another_thing_and_the_oldest_are_forgotten() {
        var shared = shared(2);
        for (int i = 0; i < 250; i++) {
            var answer = ask(shared, "k" + i);
            work.complete(i);
            assertEquals(i, answer.join());
        }
        assertEquals(250, begun);
        ask(shared, "k249").join();
        assertEquals(250, begun);
        assertFalse(ask(shared, "k0").isDone());
        assertEquals(251, begun);
    }
}
