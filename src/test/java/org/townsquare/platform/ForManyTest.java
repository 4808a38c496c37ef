package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A statement for one, made one for many, has for each what the one for one has. */
@QuarkusTest
class ForManyTest {
    private static final Integer[] THREE = {3, 1, 2};

    @Inject
    Pool pool;

    @Test
    void each_has_the_rows_of_its_own_array() {
        var one = new Statement("select x from unnest($2::int[]) with ordinality u (x, i) "
                + "where x >= $1::int and x = any ($2::int[]) order by i");
        List<Class<?>> types = List.of(Integer.class, Integer[].class);
        List<@Nullable Object[]> asked = List.of(
                new @Nullable Object[] {0, THREE},
                new @Nullable Object[] {2, THREE.clone()},
                new @Nullable Object[] {0, new Integer[0]},
                new @Nullable Object[] {0, new Integer[] {9}},
                new @Nullable Object[] {0, null},
                new @Nullable Object[] {0, new Integer[] {9, 9}},
                new @Nullable Object[] {3, THREE});
        assertEquals(
                List.of(List.of(3, 1, 2), List.of(3, 2), List.of(), List.of(9), List.of(), List.of(9, 9), List.of(3)),
                each(one, types, asked));
        for (int i = 0; i < asked.size(); i++)
            assertEquals(alone(one, asked.get(i)), each(one, types, asked).get(i));
    }

    @Test
    void the_tenth_parameter_is_not_the_first() {
        var one = new Statement("select $1::int * 1000 + $10::int + cardinality($9::int[]) as x");
        List<Class<?>> types = new ArrayList<>(Collections.nCopies(10, Integer.class));
        types.set(8, Integer[].class);
        @Nullable Object[] asked = {1, 2, 3, 4, 5, 6, 7, 8, THREE, 10};
        assertEquals(List.of(List.of(1013), List.of(1013)), each(one, types, Arrays.asList(asked, asked.clone())));
    }

    private List<Integer> alone(Statement one, @Nullable Object[] asked) {
        var found = new ArrayList<Integer>();
        for (var row : one.run(pool, asked).await().atMost(Duration.ofSeconds(20))) found.add(row.getInteger("x"));
        return found;
    }

    /** The rows of each, by their rank. */
    private List<List<Integer>> each(Statement one, List<Class<?>> types, List<@Nullable Object[]> asked) {
        var rows = ForMany.of(one, types).run(pool, asked).await().atMost(Duration.ofSeconds(20));
        Map<Long, TreeMap<Long, Integer>> found = new TreeMap<>();
        for (var row : rows) {
            var ranked = found.computeIfAbsent(row.getLong("n"), n -> new TreeMap<>());
            if (row.getBoolean("done")) ranked.put(row.getLong("rank"), row.getInteger("x"));
        }
        assertEquals(asked.size(), found.size());
        return found.values().stream()
                .map(ranked -> List.copyOf(ranked.values()))
                .toList();
    }
}
