package org.townsquare.audit;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Fact;
import org.townsquare.journal.Journal;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.Ids;

/** Records many facts at once, as the features do: with private texts and an origin. */
@ApplicationScoped
class Scribe {
    private final Pool pool;
    private final Journal journal;

    Scribe(Pool pool, Journal journal) {
        this.pool = pool;
        this.journal = journal;
    }

    record Noted(@Nullable UUID communityId, UUID noteId, PrivateText text) implements Fact {
        @Override
        public Subject subject() {
            return new Subject("note", noteId);
        }

        @Override
        public Audience audience() {
            return Audience.PUBLIC;
        }
    }

    /** Somebody at a desk. */
    record Clerk(@Nullable UUID actorId) implements Actor {
        @Override
        public Credential credential() {
            return Credential.SESSION;
        }

        @Override
        public Origin origin() {
            return new Origin("192.0.2.7", "Desk 1.0 \"ä\"");
        }

        @Override
        public @Nullable String requestId() {
            return null;
        }
    }

    /** So many entries, by turns of these communities, in transactions of fifty. */
    void writes(int entries, List<@Nullable UUID> communities) {
        Multi.createFrom()
                .range(0, (entries + 49) / 50)
                .onItem()
                .transformToUniAndConcatenate(batch -> pool.withTransaction(tx -> Multi.createFrom()
                        .range(batch * 50, Math.min(entries, batch * 50 + 50))
                        .onItem()
                        .transformToUniAndConcatenate(i -> journal.record(
                                tx,
                                new Clerk(Ids.next()),
                                new Noted(
                                        communities.get(i % communities.size()),
                                        Ids.next(),
                                        new PrivateText("note " + i + " of \"Zoë\"\n"))))
                        .onItem()
                        .ignoreAsUni()))
                .onItem()
                .ignoreAsUni()
                .await()
                .indefinitely();
    }

    /** One entry in a transaction that the caller ends. */
    static <T> T await(Uni<T> uni) {
        return uni.await().indefinitely();
    }
}
