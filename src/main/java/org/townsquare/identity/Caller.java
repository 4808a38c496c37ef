package org.townsquare.identity;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Actor;
import org.townsquare.platform.Problem.Unauthorized;
import org.townsquare.platform.Trace;

/** Who makes this request, by what credential and from where. */
@RequestScoped
public class Caller implements Actor {
    private static final int LONGEST_USER_AGENT = 500;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final SecurityIdentity identity;
    private final CurrentVertxRequest current;

    Caller(SecurityIdentity identity, CurrentVertxRequest current) {
        this.identity = identity;
        this.current = current;
    }

    /** Problems: {@code sign-in-required}. */
    public SignedInUser user() {
        SignedInUser user = userOrNull();
        if (user == null) throw new Unauthorized("sign-in-required", "Sign in to do this.");
        return user;
    }

    /** Null for an anonymous caller. */
    public @Nullable SignedInUser userOrNull() {
        return identity.getPrincipal() instanceof SignedInUser user ? user : null;
    }

    public boolean is(PlatformRole role) {
        return identity.hasRole(role.name());
    }

    @Override
    public @Nullable UUID actorId() {
        SignedInUser user = userOrNull();
        return user == null ? null : user.id();
    }

    @Override
    public Credential credential() {
        return userOrNull() == null ? Credential.ANONYMOUS : Credential.SESSION;
    }

    @Override
    public @Nullable Origin origin() {
        var request = current.getCurrent().request();
        String userAgent = request.getHeader("User-Agent");
        var address = request.remoteAddress();
        return new Origin(
                address == null ? "unknown" : address.hostAddress(),
                userAgent == null
                        ? null
                        : CONTROL.matcher(userAgent.substring(0, Math.min(userAgent.length(), LONGEST_USER_AGENT)))
                                .replaceAll(" "));
    }

    @Override
    public String requestId() {
        return Trace.of(current.getCurrent());
    }
}
