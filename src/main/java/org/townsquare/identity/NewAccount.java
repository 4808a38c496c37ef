package org.townsquare.identity;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Opens an account with its password and a first session, and lets every feature make what a new account needs. Within the caller's transaction. */
@ApplicationScoped
class NewAccount {
    private final NewSession sessions;
    private final List<OnSignUp> features;
    private final Bootstrap bootstrap;

    NewAccount(NewSession sessions, @All List<OnSignUp> features, Bootstrap bootstrap) {
        this.sessions = sessions;
        this.features = features;
        this.bootstrap = bootstrap;
    }

    /** Problems: {@code email-taken}. */
    Uni<NewSession.Opened> of(User user, String hash) {
        return user.<User>persist()
                .call(() -> Account.password(user, hash).persistAndFlush())
                .call(() -> welcome(user))
                .call(bootstrap::promote)
                .chain(() -> sessions.of(user));
    }

    private Uni<Void> welcome(User user) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (OnSignUp feature : features) done = done.chain(() -> feature.welcome(user.id));
        return done;
    }
}
