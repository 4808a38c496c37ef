package org.townsquare.platform;

import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A hand-written SQL statement that stands in a resource beside its feature. */
public record Statement(String sql) {
    /** Of parameters, where they stand in an array. */
    private static final Map<Class<?>, String> SQL_TYPES = Map.of(
            UUID.class, "uuid",
            String.class, "varchar",
            Integer.class, "int",
            Buffer.class, "bytea",
            OffsetDateTime.class, "timestamptz");

    public static Statement of(Class<?> beside, String name) {
        try (var in = beside.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("no " + name + " beside " + beside.getName());
            return new Statement(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with one part in place of another. */
    public Statement with(String part, String inPlace) {
        if (!sql.contains(part)) throw new IllegalStateException("no " + part + " in " + sql);
        return new Statement(sql.replace(part, inPlace));
    }

    /** Runs it with the parameters $1, $2, … in their order. */
    public Uni<RowSet<Row>> run(SqlClient client, @Nullable Object... parameters) {
        return client.preparedQuery(sql).execute(Tuple.from(parameters));
    }

    /**
     * One that reads, for several at once: each parameter is an array of theirs. Each has its rows, with its number in {@code n} and theirs in {@code rank};
     * who has none has a row that is not {@code done}.
     */
    Statement forMany(Class<?>... types) {
        var arrays = new StringJoiner(", ");
        var names = new StringJoiner(", ");
        String each = sql;
        for (int i = 1; i <= types.length; i++) {
            arrays.add("$" + i + "::" + sqlType(types[i - 1]) + "[]");
            names.add("p" + i);
        }
        // from the last on: $1 begins $10, too
        for (int i = types.length; i > 0; i--) each = each.replace("$" + i, "asked.p" + i);
        return new Statement("""
                select asked.n, found.rank is not null as done, found.*
                from unnest(%s) with ordinality as asked (%s, n)
                left join lateral (
                select row_number() over () as rank, one.* from (
                %s
                ) one
                ) found on true""".formatted(arrays, names, each));
    }

    /** An array, which an array cannot hold, goes as a text, {@code {a,b}}. */
    private static String sqlType(Class<?> type) {
        return type.isArray() ? "varchar" : requireNonNull(SQL_TYPES.get(type));
    }

    /**
     * Runs it for several at once: each parameter is an array of theirs.
     *
     * @param types of the parameters. An array, which an array cannot hold, goes as a text, {@code {a,b}}
     */
    Uni<RowSet<Row>> runForAll(SqlClient client, List<@Nullable Object[]> each, List<Class<?>> types) {
        var columns = new Object[types.size()];
        for (int i = 0; i < columns.length; i++) {
            Class<?> type = types.get(i);
            Object column = Array.newInstance(type.isArray() ? String.class : type, each.size());
            for (int n = 0; n < each.size(); n++) Array.set(column, n, element(each.get(n)[i]));
            columns[i] = column;
        }
        return run(client, columns);
    }

    private static @Nullable Object element(@Nullable Object value) {
        return value instanceof UUID[] ids
                ? Arrays.stream(ids).map(UUID::toString).collect(Collectors.joining(",", "{", "}"))
                : value;
    }
}
