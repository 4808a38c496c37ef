package org.townsquare.platform;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.lang.reflect.Array;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A statement for several at once: each parameter is an array of theirs. */
final class ForMany {
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    /** Of parameters, where they stand in an array. */
    private static final Map<Class<?>, String> SQL_TYPES = Map.of(
            UUID.class, "uuid",
            String.class, "varchar",
            Integer.class, "int",
            Buffer.class, "bytea",
            OffsetDateTime.class, "timestamptz");

    private final Statement statement;
    private final List<Class<?>> types;

    /** Which are arrays that go as slices of one, from 0 on. */
    private final List<Integer> sliced;

    private ForMany(Statement statement, List<Class<?>> types, List<Integer> sliced) {
        this.statement = statement;
        this.types = types;
        this.sliced = sliced;
    }

    /**
     * One that was written so.
     *
     * @param types of the parameters for one. An array, which an array cannot hold, goes as a text, {@code {a,b}}; of UUIDs, since others would need quotes
     */
    static ForMany written(Statement many, List<Class<?>> types) {
        for (Class<?> type : types)
            if (type.isArray() && type != UUID[].class) throw new IllegalArgumentException(type.getName());
        return new ForMany(many, types, List.of());
    }

    /**
     * Made of one that reads. Each has its rows, with its number in {@code n} and theirs in {@code rank}; who has none has a row that is not {@code done}.
     * Parameters that are arrays themselves go behind each other in one, of which each has a slice: texts would be parsed again wherever they are used.
     */
    static ForMany of(Statement forOne, List<Class<?>> types) {
        List<Integer> sliced = IntStream.range(0, types.size())
                .filter(i -> types.get(i).isArray())
                .boxed()
                .toList();
        var columns = new ArrayList<String>();
        var names = new ArrayList<String>();
        var inPlace = new ArrayList<String>();
        for (int i = 0; i < types.size(); i++) {
            String all = column(i, element(types.get(i)));
            if (sliced.contains(i)) {
                inPlace.add("(%s)[asked.first%d:asked.last%d]".formatted(all, i, i));
            } else {
                columns.add(all);
                names.add("p" + i);
                inPlace.add("asked.p" + i);
            }
        }
        for (int i = 0; i < sliced.size(); i++) {
            columns.add(column(types.size() + 2 * i, Integer.class));
            columns.add(column(types.size() + 2 * i + 1, Integer.class));
            names.add("first" + sliced.get(i));
            names.add("last" + sliced.get(i));
        }
        String each = PARAMETER
                .matcher(forOne.sql())
                .replaceAll(
                        parameter -> Matcher.quoteReplacement(inPlace.get(Integer.parseInt(parameter.group(1)) - 1)));
        var many = new Statement("""
                select asked.n, found.rank is not null as done, found.*
                from unnest(%s) with ordinality as asked (%s, n)
                left join lateral (
                select row_number() over () as rank, one.* from (
                %s
                ) one
                ) found on true""".formatted(String.join(", ", columns), String.join(", ", names), each));
        return new ForMany(many, types, sliced);
    }

    private static String column(int position, Class<?> type) {
        return "$" + (position + 1) + "::" + requireNonNull(SQL_TYPES.get(type)) + "[]";
    }

    private static Class<?> element(Class<?> type) {
        return type.isArray() ? type.getComponentType() : type;
    }

    /** Runs it for these parameters of each. */
    Uni<RowSet<Row>> run(SqlClient client, List<@Nullable Object[]> each) {
        var columns = new ArrayList<>();
        var bounds = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            int position = i;
            List<@Nullable Object> values = new ArrayList<>(each.size());
            each.forEach(one -> values.add(one[position]));
            if (sliced.contains(i)) {
                var slices = new Slices(values);
                columns.add(slices.all.toArray((Object[]) Array.newInstance(element(types.get(i)), 0)));
                bounds.add(slices.first);
                bounds.add(slices.last);
            } else {
                columns.add(texts(values, types.get(i)));
            }
        }
        columns.addAll(bounds);
        return statement.run(client, columns.toArray());
    }

    private static Object[] texts(List<@Nullable Object> values, Class<?> type) {
        if (!type.isArray()) return values.toArray((Object[]) Array.newInstance(type, 0));
        return values.stream()
                .map(value -> value == null ? null : text((Object[]) value))
                .toArray(String[]::new);
    }

    private static String text(Object[] array) {
        return Arrays.stream(array).map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /** Arrays behind each other, and where each is; null has null for its bounds. */
    private static final class Slices {
        private final List<Object> all = new ArrayList<>();
        private final @Nullable Integer[] first;
        private final @Nullable Integer[] last;

        Slices(List<@Nullable Object> arrays) {
            first = new Integer[arrays.size()];
            last = new Integer[arrays.size()];
            for (int i = 0; i < first.length; i++) {
                Object[] array = (Object[]) arrays.get(i);
                if (array == null) continue;
                // many of the same person ask at once
                if (i > 0 && Arrays.equals(array, (Object[]) arrays.get(i - 1))) {
                    first[i] = first[i - 1];
                    last[i] = last[i - 1];
                } else {
                    first[i] = all.size() + 1;
                    all.addAll(Arrays.asList(array));
                    last[i] = all.size();
                }
            }
        }
    }
}
