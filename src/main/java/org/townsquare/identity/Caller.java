package org.townsquare.identity;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Actor;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.Unauthorized;
import org.townsquare.platform.Trace;

/** Who makes this request, by what credential and from where. */
@RequestScoped
public class Caller implements Actor {
    private static final int LONGEST_USER_AGENT = 500;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final SecurityIdentity identity;
    private final CurrentVertxRequest current;
    private final ClientAddress address;
    private final Pepper pepper;

    Caller(SecurityIdentity identity, CurrentVertxRequest current, ClientAddress address, Pepper pepper) {
        this.identity = identity;
        this.current = current;
        this.address = address;
        this.pepper = pepper;
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

    /** Whether the user is it and acts as it: an admin who acts as another is not. */
    public boolean is(PlatformRole role) {
        return identity.hasRole(role.name());
    }

    /** What the credential allows at most; anonymous callers have none that could limit them. Problems: {@code scope-missing}, {@code impersonation-forbidden}. */
    void requireLimits(Permission permission) {
        SignedInUser user = userOrNull();
        if (user != null) user.requireLimits(permission);
    }

    /** Whether this user and this credential have a permission of the platform. Problems: {@code not-allowed}, {@code scope-missing}. */
    public void requirePlatform(Permission permission) {
        if (!hasPlatform(permission))
            throw new Forbidden("not-allowed", "Only a PLATFORM_ADMIN has " + permission.text() + ".");
    }

    public boolean hasPlatform(Permission permission) {
        return permission.is(Permission.Mark.PLATFORM) && is(PlatformRole.PLATFORM_ADMIN) && user().allows(permission);
    }

    @Override
    public @Nullable UUID impersonatorId() {
        SignedInUser user = userOrNull();
        return user == null ? null : user.impersonatorId();
    }

    @Override
    public @Nullable UUID actorId() {
        SignedInUser user = userOrNull();
        return user == null ? null : user.id();
    }

    @Override
    public Credential credential() {
        SignedInUser user = userOrNull();
        return user == null ? Credential.ANONYMOUS : user.credential();
    }

    @Override
    public @Nullable Origin origin() {
        var request = current.getCurrent().request();
        String userAgent = request.getHeader("User-Agent");
        return new Origin(
                address.of(request),
                userAgent == null
                        ? null
                        : CONTROL.matcher(userAgent.substring(0, Math.min(userAgent.length(), LONGEST_USER_AGENT)))
                                .replaceAll(" "));
    }

    /** The network that the request came from: {@link Pepper#network}. */
    Digest network() {
        Origin origin = origin();
        return pepper.network(origin == null ? "unknown" : origin.ip());
    }

    /** The device that a session is opened from. */
    Device device() {
        Origin origin = origin();
        if (origin == null) return new Device(null, null);
        String name = origin.userAgent();
        return new Device(
                pepper.network(origin.ip()),
                name == null ? null : name.substring(0, Math.min(name.length(), Device.LONGEST_NAME)));
    }

    @Override
    public String requestId() {
        return Trace.of(current.getCurrent());
    }
}
