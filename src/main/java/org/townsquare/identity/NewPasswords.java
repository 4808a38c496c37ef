package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Problem.NotFound;

/** Sets a password anew: ends all sessions. Within the caller's transaction, which holds the user. */
@ApplicationScoped
class NewPasswords {
    private final Journal journal;
    private final OpenSessions open;

    NewPasswords(Journal journal, OpenSessions open) {
        this.journal = journal;
        this.open = open;
    }

    /** Problems: {@code not-found} where the user has no password. */
    Uni<Void> set(Actor by, User user, String hash) {
        return Account.ofUser(user.id)
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .invoke(account -> account.setPassword(hash))
                .chain(() -> open.end(by, user.id, null))
                .chain(() -> Verification.drop(user.id, VerificationPurpose.PASSWORD_RESET))
                .chain(() -> journal.record(by, user.changedPassword()));
    }
}
