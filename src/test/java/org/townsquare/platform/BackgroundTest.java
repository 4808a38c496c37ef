package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who works in the background, and when. Time and the queue of requests are this test's. */
class BackgroundTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean requestsWait = new AtomicBoolean();
    private final Background background = new Background(requestsWait::get, now::get);
    private final List<String> begun = new ArrayList<>();
    private final List<UniEmitter<? super Object>> atWork = new ArrayList<>();

    private void asks(String who) {
        var unused = background.run(() -> work(who)).subscribe().with(done -> {});
    }

    private void asks(String who, Duration longestPause) {
        var unused = background.run(longestPause, () -> work(who)).subscribe().with(done -> {});
    }

    private Uni<Object> work(String who) {
        begun.add(who);
        return Uni.createFrom().emitter(atWork::add);
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
        background.begin();
    }

    @Test
    void four_work_at_a_time_and_the_others_in_the_order_of_asking() {
        for (String who : List.of("a", "b", "c", "d", "e", "f")) asks(who);
        assertEquals(List.of("a", "b", "c", "d"), begun);
        atWork.get(2).complete("done");
        assertEquals(List.of("a", "b", "c", "d", "e"), begun);
        atWork.get(0).fail(new IllegalStateException("failed"));
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), begun);
    }

    @Test
    void none_begins_while_a_request_waits() {
        requestsWait.set(true);
        asks("a");
        asks("b");
        passes(Duration.ofSeconds(29));
        assertEquals(List.of(), begun);
        requestsWait.set(false);
        passes(Duration.ofMillis(100));
        assertEquals(List.of("a", "b"), begun);
    }

    @Test
    void after_half_a_minute_one_begins_each_second() {
        requestsWait.set(true);
        for (String who : List.of("a", "b", "c")) asks(who);
        passes(Duration.ofSeconds(30));
        assertEquals(List.of("a"), begun);
        atWork.get(0).complete("done");
        passes(Duration.ofMillis(900));
        assertEquals(List.of("a"), begun);
        passes(Duration.ofMillis(100));
        assertEquals(List.of("a", "b"), begun);
    }

    @Test
    void what_cannot_wait_as_long_does_not() {
        requestsWait.set(true);
        asks("follower");
        asks("sealer", Duration.ofSeconds(10));
        passes(Duration.ofSeconds(9));
        assertEquals(List.of(), begun);
        passes(Duration.ofSeconds(1));
        assertEquals(List.of("sealer"), begun);
    }
}
