package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Those who look after the installation. There is always one: what may take one away comes one after the other, on all replicas. */
final class PlatformAdmins {
    private static final String ONE_AFTER_THE_OTHER =
            "select 1 from pg_advisory_xact_lock(hashtext('townsquare platform admins'))";

    private PlatformAdmins() {}

    /** Held until the transaction ends. Taken before any row is. */
    static Uni<Void> lock() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ONE_AFTER_THE_OTHER).getSingleResult())
                .replaceWithVoid();
    }

    /** How many there are beside this user, which stays so until the transaction ends. */
    static Uni<Long> lockAndCountOthers(UUID userId) {
        return lock().chain(() -> User.countOtherAdmins(userId));
    }
}
