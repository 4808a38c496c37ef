package org.townsquare.platform;

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

    /** One that reads a single row, for several at once: each parameter is an array of theirs. Each has a row with its number in {@code n}, which is {@code done} where there is one. */
    Statement forMany(Class<?>... types) {
        var arrays = new StringJoiner(", ");
        var names = new StringJoiner(", ");
        String each = sql;
        for (int i = 1; i <= types.length; i++) {
            arrays.add("$" + i + "::" + SQL_TYPES.get(types[i - 1]) + "[]");
            names.add("p" + i);
        }
        // from the last on: $1 begins $10, too
        for (int i = types.length; i > 0; i--) each = each.replace("$" + i, "asked.p" + i);
        return new Statement("""
                select asked.n, found.is_there is not null as done, found.*
                from unnest(%s) with ordinality as asked (%s, n)
                left join lateral (
                select true as is_there, one.* from (
                %s
                limit 1
                ) one
                ) found on true""".formatted(arrays, names, each));
    }

    /**
     * Runs it for several at once: each parameter is an array of theirs.
     *
     * @param types of the parameters. An array, which an array cannot hold, goes as a text, {@code {a,b}}
     */
    Uni<RowSet<Row>> runForAll(SqlClient client, List<@Nullable Object[]> each, Class<?>... types) {
        var columns = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            Object column = Array.newInstance(types[i].isArray() ? String.class : types[i], each.size());
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
