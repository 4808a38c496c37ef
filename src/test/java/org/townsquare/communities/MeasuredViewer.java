package org.townsquare.communities;

import jakarta.enterprise.inject.Vetoed;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    /** The two communities that hot-paths.sql puts a user into, by the numbers that are their ids. */
    @Override
    public UUID[] unbarred() {
        long number = userId.getLeastSignificantBits() & 0xFFFF_FFFF_FFFFL;
        return new UUID[] {numbered(0), numbered(1 + number % 20)};
    }

    private static UUID numbered(long number) {
        return new UUID(0x7000L, 0x8000_0000_0000_0000L | number);
    }

    @Override
    public UUID[] communitiesAs(MemberStatus status) {
        return new UUID[0];
    }

    @Override
    public @Nullable UUID within() {
        return null;
    }

    @Override
    public @Nullable UUID impersonatorId() {
        return null;
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
