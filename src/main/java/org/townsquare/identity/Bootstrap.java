package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;

/** Makes the configured account PLATFORM_ADMIN, once on an installation. */
@ApplicationScoped
class Bootstrap {
    private static final Logger LOG = Logger.getLogger(Bootstrap.class);

    private final BootstrapConfig config;
    private final Journal journal;
    private final OpenSessions open;
    private final Clock clock;

    Bootstrap(BootstrapConfig config, Journal journal, OpenSessions open, Clock clock) {
        this.config = config;
        this.journal = journal;
        this.open = open;
        this.clock = clock;
    }

    /** A start that fails here goes on: the next one, or the owner's confirmation, tries again. */
    void atStart(@Observes StartupEvent start) {
        if (config.adminEmail().isEmpty()) return;
        try {
            VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(this::promote));
        } catch (Throwable e) {
            LOG.warnf("the configured admin waits: %s", e.toString());
        }
    }

    /** Waits for its turn while the account may still be made admin: before a transaction that will {@link #promote} takes a row. */
    Uni<Void> lock() {
        if (config.adminEmail().isEmpty()) return Uni.createFrom().voidItem();
        return FirstAdmin.exists().chain(made -> made ? Uni.createFrom().voidItem() : PlatformAdmins.lock());
    }

    /** Called in the transaction in which somebody confirmed an e-mail, which began with {@link #lock}, and at each start. Does nothing unless all conditions hold. */
    Uni<Void> promote() {
        String email = config.adminEmail().orElse(null);
        if (email == null) return Uni.createFrom().voidItem();
        return FirstAdmin.exists().chain(made -> made ? Uni.createFrom().voidItem() : promote(email));
    }

    private Uni<Void> promote(String email) {
        return PlatformAdmins.lock()
                .chain(FirstAdmin::exists)
                .chain(made -> User.countAdmins().map(admins -> made || admins > 0))
                .chain(late -> late ? Uni.createFrom().<@Nullable User>nullItem() : User.heldByProvenEmail(email))
                .chain(user -> user == null ? Uni.createFrom().voidItem() : promote(user));
    }

    private Uni<Void> promote(User user) {
        PlatformRolesChanged fact = user.givePlatformRoles(Set.of(PlatformRole.PLATFORM_ADMIN), 0);
        if (fact == null) return Uni.createFrom().voidItem();
        return FirstAdmin.of(user, clock.instant())
                .persist()
                .chain(() -> journal.record(Actor.SYSTEM, fact))
                .chain(() -> open.end(Actor.SYSTEM, user.id, null))
                // whoever signed up with this e-mail before its owner may have kept one, which would be an admin's now
                .chain(() -> open.revokeKeys(Actor.SYSTEM, user.id));
    }
}
