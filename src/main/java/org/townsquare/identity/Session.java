package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Fact;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unauthorized;

/** A signed-in device. Only the hash of its token is kept. */
@Entity
@Table(name = "session")
public class Session extends ActiveRecord {
    static final Duration LIFE = Duration.ofDays(30);
    private static final Duration IDLE = Duration.ofDays(7);
    private static final Duration LIFE_OF_ADMIN = Duration.ofHours(8);
    private static final Duration IDLE_OF_ADMIN = Duration.ofMinutes(30);

    /** The condition of one that is open at the time {@code ?3}. */
    private static final String OPEN = "endedAt is null and expiresAt > ?3 and idleUntil > ?3";

    private static final UUID NONE = new UUID(0, 0);

    public UUID userId;
    public byte[] tokenHash;
    public Instant lastSeenAt;

    /** When it ends unless it is used. */
    public Instant idleUntil;

    /** When it ends at the latest. */
    public Instant expiresAt;

    /** When it was ended before its time; the row stays for 30 days, since its network is one that the account is known on. */
    public @Nullable Instant endedAt;

    /** The network that it was opened from: {@link Pepper#network}. */
    public byte @Nullable [] network;

    /** What opened it, in the words of its {@code User-Agent}. */
    public @Nullable String device;

    /** The admin who acts as the user. */
    public @Nullable UUID impersonatedBy;

    public @Nullable String impersonationReason;

    Session() {}

    static Session open(User user, Token token, Device device, Instant now) {
        boolean admin = user.isPlatformAdmin();
        Session session = new Session();
        session.userId = user.id;
        session.tokenHash = token.hash();
        session.lastSeenAt = now;
        session.idleUntil = now.plus(admin ? IDLE_OF_ADMIN : IDLE);
        session.expiresAt = now.plus(admin ? LIFE_OF_ADMIN : LIFE);
        session.network = device.network() == null ? null : device.network().bytes();
        session.device = device.name();
        return session;
    }

    /**
     * A session of the subject for an admin. Its network is none that the subject is known on. Problems: {@code impersonation-forbidden},
     * {@code user-not-active}.
     */
    static Session impersonate(User subject, UUID admin, Impersonate in, Token token, Device device, Instant now) {
        if (subject.isPlatformAdmin())
            throw new Forbidden("impersonation-forbidden", "Nobody acts as a PLATFORM_ADMIN, or as themselves.");
        subject.requireActive();
        Session session = new Session();
        session.userId = subject.id;
        session.tokenHash = token.hash();
        session.lastSeenAt = now;
        session.expiresAt = now.plus(Duration.ofMinutes(in.minutes()));
        session.idleUntil = session.expiresAt;
        session.device = device.name();
        session.impersonatedBy = admin;
        session.impersonationReason = in.reason().strip();
        return session;
    }

    /** The caller's own that are open, newest first. */
    static Uni<List<Session>> page(UUID userId, Paging paging, Instant now) {
        return Session.<Session>find(
                        "userId = ?1 and id < ?2 and " + OPEN + " order by id desc",
                        userId,
                        paging.after(Cursor.of(new UUID(-1, -1))).id(),
                        now)
                .page(0, paging.rows())
                .list();
    }

    /** All of which something is still kept, newest first. */
    static Uni<List<Session>> all(UUID userId) {
        return Session.<Session>find("userId = ?1 order by id desc", userId).list();
    }

    /** The caller's own while it is open, locked; else {@code not-found}. */
    static Uni<Session> heldBy(UUID userId, UUID sessionId, Instant now) {
        return heldOrNull(userId, sessionId, now).onItem().ifNull().failWith(NotFound::new);
    }

    /** The same, where it may have ended meanwhile. */
    static Uni<@Nullable Session> heldOrNull(UUID userId, UUID sessionId, Instant now) {
        return Session.<Session>find("userId = ?1 and id = ?2 and " + OPEN, userId, sessionId, now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** The caller's own, locked, which may have ended while a password was hashed. Problems: {@code credentials-invalid}. */
    static Uni<Session> heldStillOpen(SignedInUser user, Instant now) {
        return heldOrNull(user.id(), user.credentialId(), now).onItem().ifNull().failWith(Session::over);
    }

    static Unauthorized over() {
        return new Unauthorized("credentials-invalid", "The credentials are unknown or ended.");
    }

    /** The open ones in which somebody acts as this user, locked. */
    static Uni<List<Session>> heldAsSubject(UUID userId, Instant now) {
        return Session.<Session>find(
                        "impersonatedBy is not null and userId = ?1 and id <> ?2 and " + OPEN, userId, NONE, now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** The open ones in which this admin acts as others, locked. */
    static Uni<List<Session>> heldByImpersonator(UUID adminId, Instant now) {
        return Session.<Session>find("impersonatedBy = ?1 and id <> ?2 and " + OPEN, adminId, NONE, now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** Ends all that are open but one; says how many. The look-up of their next request finds them no more, on any replica. */
    static Uni<Integer> endAll(UUID userId, @Nullable UUID but, Instant now) {
        return Session.update(
                "endedAt = ?3 where userId = ?1 and id <> ?2 and " + OPEN, userId, but == null ? NONE : but, now);
    }

    /** When it ends unless it is used meanwhile, or ended. */
    Instant endsAt() {
        if (endedAt != null) return endedAt;
        return idleUntil.isBefore(expiresAt) ? idleUntil : expiresAt;
    }

    SignedIn signedIn() {
        return new SignedIn(userId, id);
    }

    /** Signs out. */
    SignedOut signOut(Instant now) {
        endedAt = now;
        return new SignedOut(userId, id);
    }

    /** Ends it, whichever it is. */
    Fact end(Instant now) {
        UUID admin = impersonatedBy;
        endedAt = now;
        return admin == null ? new SessionEnded(userId, id) : new ImpersonationEnded(userId, id, admin);
    }

    /** Of a session in which somebody acts as another. */
    ImpersonationStarted impersonationStarted() {
        return new ImpersonationStarted(
                userId, id, Objects.requireNonNull(impersonatedBy), expiresAt, new PrivateText(impersonationReason));
    }
}
