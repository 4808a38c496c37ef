package org.townsquare.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A hand-written SQL statement that stands in a resource beside its feature. */
public record Statement(String sql) {
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
}
