package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;

/** Asks for the proof of an address: the row, and the fact after which it is mailed. Within the caller's transaction. */
@ApplicationScoped
class Proofs {
    private static final Quota MAILS_OF_ADDRESS = new Quota(3, Duration.ofHours(1));
    private static final Quota MAILS_OF_NETWORK = new Quota(100, Duration.ofHours(1));

    private final Throttle throttle;
    private final Pepper pepper;
    private final Caller caller;
    private final Journal journal;
    private final Clock clock;

    Proofs(Throttle throttle, Pepper pepper, Caller caller, Journal journal, Clock clock) {
        this.throttle = throttle;
        this.pepper = pepper;
        this.caller = caller;
        this.journal = journal;
        this.clock = clock;
    }

    /** One that takes the place of what was asked before. The caller holds the user. */
    Uni<Void> ask(Actor who, User user, VerificationPurpose purpose, String target) {
        Verification verification = Verification.of(user.id, purpose, target, clock.instant());
        return Verification.drop(user.id, purpose)
                .chain(() -> verification.persist())
                .chain(() -> journal.record(who, verification.asked()));
    }

    /** Whether another mail may go to this address, asked from this network. Beyond that the caller answers as if it had gone. */
    Uni<Boolean> mayMail(String address) {
        return mayMailWherever(address)
                .chain(may -> may
                        ? throttle.take(
                                        pepper.hmac(
                                                "mails-from", caller.network().text()),
                                        MAILS_OF_NETWORK)
                                .map(Duration::isZero)
                        : Uni.createFrom().item(false));
    }

    /** The same, however many are asked for from this network. */
    Uni<Boolean> mayMailWherever(String address) {
        return throttle.take(pepper.hmac("mails-to", address.toLowerCase(Locale.ROOT)), MAILS_OF_ADDRESS)
                .map(Duration::isZero);
    }
}
