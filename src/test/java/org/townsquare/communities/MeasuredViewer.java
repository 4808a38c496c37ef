package org.townsquare.communities;

import jakarta.enterprise.inject.Vetoed;
import java.util.UUID;

/** A signed-in viewer without a request, for measurements. */
@Vetoed
public final class MeasuredViewer extends Viewer {
    private final UUID userId;

    @SuppressWarnings("NullAway") // whatever would ask the caller of a request is overridden
    public MeasuredViewer(UUID userId) {
        super(null);
        this.userId = userId;
    }

    @Override
    public UUID userId() {
        return userId;
    }

    @Override
    public UUID actorId() {
        return userId;
    }

    @Override
    public Credential credential() {
        return Credential.SESSION;
    }

    @Override
    public Origin origin() {
        return new Origin("127.0.0.1", null);
    }

    @Override
    public String requestId() {
        return "0123456789abcdef0123456789abcdef";
    }
}
