package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;

/** Ends many sessions or API keys at once, in the caller's session of the database and its transaction. Each impersonation that ends thereby has its own fact. */
@ApplicationScoped
class OpenSessions {
    private final Journal journal;
    private final Clock clock;

    OpenSessions(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** All of a user, but for the one that is in use where there is such a one. */
    Uni<Void> end(Actor who, UUID userId, @Nullable UUID but) {
        Instant now = clock.instant();
        return Session.heldAsSubject(userId, now)
                .chain(impersonations -> end(who, impersonations, now))
                .chain(() -> Session.endAll(userId, but, now))
                .chain(ended -> ended == 0
                        ? Uni.createFrom().voidItem()
                        : journal.record(who, new SessionsEnded(userId, ended)));
    }

    /** All in which this admin acts as another: for one who is no admin any more. */
    Uni<Void> endImpersonationsBy(Actor who, UUID adminId) {
        Instant now = clock.instant();
        return Session.heldByImpersonator(adminId, now).chain(impersonations -> end(who, impersonations, now));
    }

    /** All keys of a user: for one who may not be the one who made them. */
    Uni<Void> revokeKeys(Actor who, UUID userId) {
        return ApiKey.revokeAll(userId, clock.instant())
                .chain(revoked -> revoked == 0
                        ? Uni.createFrom().voidItem()
                        : journal.record(who, new ApiKeysRevoked(userId, revoked)));
    }

    private Uni<Void> end(Actor who, List<Session> sessions, Instant now) {
        return journal.record(
                who, sessions.stream().map(session -> session.end(now)).toList());
    }
}
