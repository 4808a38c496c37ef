package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;

/** Opens a session with a token of its own. Within the caller's transaction. */
@ApplicationScoped
class NewSession {
    private final Caller caller;
    private final Clock clock;

    NewSession(Caller caller, Clock clock) {
        this.caller = caller;
        this.clock = clock;
    }

    /** A session and its token, which is shown once. */
    record Opened(User user, Session session, Token token) {
        RestResponse<SignedInView> answer(RestResponse.Status status) {
            return SignedInView.answer(status, user, token, session);
        }
    }

    Uni<Opened> of(User user) {
        Token token = Token.random();
        Session session = Session.open(user, token, caller.device(), clock.instant());
        return session.<Session>persist().map(saved -> new Opened(user, saved, token));
    }
}
