package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Signing in and out by a page: the operations of the API, called in process, with the token in a cookie. */
@ApplicationScoped
public class BrowserSession {
    private final SessionsResource sessions;
    private final MySessionResource mine;
    private final Caller caller;
    private final SessionCookie cookie;

    BrowserSession(SessionsResource sessions, MySessionResource mine, Caller caller, SessionCookie cookie) {
        this.sessions = sessions;
        this.mine = mine;
        this.caller = caller;
        this.cookie = cookie;
    }

    /**
     * Opens a session in place of the one that the browser has. Problems: {@code credentials-invalid}, {@code too-many-tries}, {@code busy}.
     *
     * @return its {@code Set-Cookie}
     */
    public Uni<String> open(String email, String password) {
        return sessions.signIn(new SignIn(email, password))
                .call(this::endOpen)
                .map(answer -> cookie.setting(answer.getEntity().token()));
    }

    /** Ends it at once; without one there is nothing to end. Gives the {@code Set-Cookie} that takes the cookie back. */
    public Uni<String> end() {
        return endOpen().map(nothing -> cookie.clearing());
    }

    private Uni<Void> endOpen() {
        return caller.userOrNull() == null ? Uni.createFrom().voidItem() : mine.signOut();
    }
}
