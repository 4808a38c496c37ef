package org.townsquare.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.townsquare.platform.Statement;

/** The part of an export that one statement writes: it takes {@code :user} and gives one JSON text. */
@Singleton
public class ExportedRows {
    private final ObjectMapper json;

    ExportedRows(ObjectMapper json) {
        this.json = json;
    }

    public Uni<Object> of(Statement statement, UUID userId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(statement.sql())
                        .setParameter("user", userId)
                        .getSingleResult())
                .map(this::tree);
    }

    private Object tree(Object text) {
        try {
            return json.readTree((String) text);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL writes JSON", e);
        }
    }
}
