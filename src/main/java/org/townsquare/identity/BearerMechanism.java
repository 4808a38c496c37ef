package org.townsquare.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.BiConsumer;
import org.townsquare.platform.Deadline;

/**
 * {@code Authorization: Bearer}, with the token of a session or an API key; without it the session of a browser, by its cookie. Wrong or ended
 * credentials are refused everywhere, also where none are needed; but who opens a page after the session has ended opens it as nobody.
 */
@Singleton
class BearerMechanism implements HttpAuthenticationMechanism {
    private final SessionCookie cookie;

    BearerMechanism(SessionCookie cookie) {
        this.cookie = cookie;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        BiConsumer<RoutingContext, Throwable> later = BearerMechanism::fail;
        return identity(request, identities).invoke(() -> request.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, later));
    }

    /**
     * What is refused once it is known who calls is answered by our mappers. The handler that this takes the place of would build REST's table of all paths
     * anew for every request, to name the path in the metrics; the walk through the table names it anyway. Nothing asks this
     * where a caller is known before the request begins, as {@code quarkus.http.auth.proactive} has it.
     */
    private static void fail(RoutingContext request, Throwable e) {
        if (!request.failed()) request.fail(e);
    }

    private Uni<SecurityIdentity> identity(RoutingContext request, IdentityProviderManager identities) {
        String header = request.request().getHeader("Authorization");
        if (header == null) return byCookie(request, identities);
        String token = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).trim()
                : "";
        return Token.isOne(token) ? by(token, request, identities) : failed();
    }

    private Uni<SecurityIdentity> byCookie(RoutingContext request, IdentityProviderManager identities) {
        String token = cookie.sent(request.request());
        if (token == null) return Uni.createFrom().nullItem();
        // a key is for programs: nobody signs in with one
        var identity = Token.isOne(token) && !new Token(token).isKey() ? by(token, request, identities) : failed();
        return CrossSite.isPage(request.request().path())
                ? identity.onFailure(AuthenticationFailedException.class).recoverWithNull()
                : identity;
    }

    private static Uni<SecurityIdentity> failed() {
        return Uni.createFrom().failure(new AuthenticationFailedException());
    }

    private static Uni<SecurityIdentity> by(String token, RoutingContext request, IdentityProviderManager identities) {
        return Deadline.of(request)
                .bound(() ->
                        identities.authenticate(new TokenAuthenticationRequest(new TokenCredential(token, "bearer"))));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }
}
