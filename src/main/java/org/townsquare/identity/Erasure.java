package org.townsquare.identity;

import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Statement;

/** Forgets a person and keeps what they did, under the bare id. All of it in the caller's session and transaction. */
@ApplicationScoped
class Erasure {
    private static final Statement FORGET = Statement.of(Erasure.class, "forget-user.sql");

    private final List<OnErasure> features;
    private final OpenSessions open;
    private final Journal journal;
    private final Clock clock;

    Erasure(@All List<OnErasure> features, OpenSessions open, Journal journal, Clock clock) {
        this.features = features;
        this.open = open;
        this.journal = journal;
        this.clock = clock;
    }

    /** Whether no feature would refuse it now. Problems: what a feature refuses, such as {@code last-admin}. */
    Uni<Void> check(UUID userId) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (OnErasure feature : features) done = done.chain(() -> feature.check(userId));
        return done;
    }

    /** Does nothing when it was called off or done meanwhile. Problems: {@code last-platform-admin}, and what a feature refuses. */
    Uni<Void> erase(UUID userId) {
        return PlatformAdmins.lockAndCountOthers(userId)
                .chain(others -> User.heldForErasure(userId, clock.instant())
                        .chain(user -> user == null ? Uni.createFrom().voidItem() : erase(user, others)));
    }

    /** The features come first: they may still need to know who it was. */
    private Uni<Void> erase(User user, long otherAdmins) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (OnErasure feature : features) done = done.chain(() -> feature.erase(user.id));
        return done.chain(() -> open.end(Actor.SYSTEM, user.id, null))
                .chain(() -> open.endImpersonationsBy(Actor.SYSTEM, user.id))
                .chain(() -> Panache.getSession())
                .chain(session -> session.createNativeQuery(FORGET.sql())
                        .setParameter("user", user.id)
                        .executeUpdate())
                .chain(() -> journal.forget(user.id))
                .chain(() -> journal.record(Actor.SYSTEM, user.erase(otherAdmins)));
    }
}
