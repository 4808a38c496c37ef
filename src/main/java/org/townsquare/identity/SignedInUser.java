package org.townsquare.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Actor;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Problem.Forbidden;

/**
 * The principal of a request: a user, by what they are known, and where they stand. Read afresh for every request.
 *
 * @param credentialId the session or the API key
 * @param since when that began
 * @param impersonatorId the admin who acts as this user
 * @param scopes what an API key may at most; null for a session
 * @param within the one community that an API key is for
 */
public record SignedInUser(
        UUID id,
        Actor.Credential credential,
        UUID credentialId,
        Instant since,
        @Nullable UUID impersonatorId,
        @Nullable Set<Permission> scopes,
        @Nullable UUID within,
        List<Standing> standings)
        implements Principal {
    @Override
    public String getName() {
        return id.toString();
    }

    public boolean isImpersonated() {
        return impersonatorId != null;
    }

    /** Whether the credential lets the user do what they may. */
    public boolean allows(Permission permission) {
        return refusal(permission) == null;
    }

    /** Problems: {@code scope-missing}, {@code impersonation-forbidden}. */
    public void requireLimits(Permission permission) {
        Problem refusal = refusal(permission);
        if (refusal != null) throw refusal;
    }

    /** Why the credential does not allow it; null where it does. */
    public @Nullable Problem refusal(Permission permission) {
        if (scopes != null && (!scopes.contains(permission) || (within != null && !permission.isForCommunityKeys())))
            return new Forbidden("scope-missing", "This key lacks the scope " + permission.text() + ".");
        if (isImpersonated() && !permission.is(Permission.Mark.IMPERSONATED))
            return new Forbidden("impersonation-forbidden", "Who acts as another may not do this.");
        return null;
    }
}
