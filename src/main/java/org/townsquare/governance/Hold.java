package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.Statement;

/**
 * A statement that finds one row and locks it.
 *
 * @param statement with the parameter {@code id} and, where it matters who is looking, {@code viewer}
 */
record Hold<T>(Class<T> type, Statement statement) {
    static <T> Hold<T> of(Class<T> type, String resource) {
        return new Hold<>(type, Statement.of(type, resource));
    }

    /** {@code FOR UPDATE}, which waits for the votes that are being cast, in place of {@code FOR NO KEY UPDATE}, which they pass. */
    Hold<T> toClose() {
        return with("for update");
    }

    /** {@code FOR SHARE}: several may hold it at once. */
    Hold<T> shared() {
        return with("for share");
    }

    private Hold<T> with(String lock) {
        return new Hold<>(type, statement.with("for no key update", lock));
    }

    Uni<@Nullable T> on(UUID id) {
        return query(id).chain(query -> query.getSingleResultOrNull());
    }

    Uni<@Nullable T> on(UUID id, Viewer viewer) {
        return query(id)
                .chain(query ->
                        query.setParameter("viewer", viewer.userIdOrNobody()).getSingleResultOrNull());
    }

    private Uni<Mutiny.SelectionQuery<T>> query(UUID id) {
        return Panache.getSession()
                .map(session -> session.createNativeQuery(statement.sql(), type).setParameter("id", id));
    }

    /** What was found, unknown to the session, so that the reading of a lock comes anew. */
    static <T> Uni<T> glimpsed(Uni<T> found) {
        return found.call(row -> Panache.getSession().invoke(session -> session.detach(row)));
    }
}
