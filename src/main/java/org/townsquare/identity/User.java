package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Fact;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Statement;

/** A person with an account on this installation. */
@Entity
@Table(name = "users")
public class User extends ActiveRecord {
    private static final Duration BEFORE_ERASURE = Duration.ofDays(14);
    private static final Statement SEEN_WITH = Statement.of(User.class, "seen-with.sql");

    public String name;
    /** Null for one who is erased. */
    public @Nullable String email;

    public @Nullable Instant emailVerifiedAt;

    /** E.164. */
    public @Nullable String phone;

    public @Nullable Instant phoneVerifiedAt;

    /** BCP 47. */
    public String locale = "en";

    public String timeZone = "UTC";
    public @Nullable String bio;
    public @Nullable String avatarUrl;

    /** When the account is erased, unless that is called off. */
    public @Nullable Instant eraseAt;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Enumerated(EnumType.STRING)
    public PlatformRole[] platformRoles = new PlatformRole[0];

    @Enumerated(EnumType.STRING)
    public UserStatus status;

    User() {}

    /** The user behind a request. */
    static Uni<User> signedIn(UUID userId) {
        return User.<User>findById(userId).onItem().ifNull().failWith(NotFound::new);
    }

    /** The same, locked so that the account stays what it is until the transaction ends. Problems: {@code credentials-invalid}. */
    public static Uni<User> signedInAndActive(UUID userId) {
        return signingIn(userId).onItem().ifNull().failWith(Session::over).map(it -> it);
    }

    /** Whether the account is in use. It stays so until the transaction ends; as an account ends before its roles do, this comes before their locks. */
    public static Uni<Boolean> staysActive(UUID userId) {
        return signingIn(userId).map(Objects::nonNull);
    }

    /** Any user, locked for an act on the account, for which whoever signs in meanwhile waits; else {@code not-found}. */
    static Uni<User> held(UUID userId) {
        return User.<User>find("id", userId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new);
    }

    /** The user behind a request, locked for an act on their own account. Problems: {@code credentials-invalid} where it is not in use any more. */
    static Uni<User> heldInUse(UUID userId) {
        return held(userId).invoke(user -> {
            if (user.status != UserStatus.ACTIVE) throw Session.over();
        });
    }

    /** Locked, when the time of the erasure has come; null when it was called off or done meanwhile. */
    static Uni<@Nullable User> heldForErasure(UUID userId, Instant now) {
        return User.<User>find("id = ?1 and eraseAt <= ?2 and status <> ?3", userId, now, UserStatus.ERASED)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** Who has proven this e-mail, locked; null when nobody has. */
    static Uni<@Nullable User> heldByProvenEmail(String email) {
        return User.<User>find(
                        "lower(email) = lower(?1) and emailVerifiedAt is not null and status = ?2",
                        email,
                        UserStatus.ACTIVE)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** For platform admins: the newest first, or who has exactly this e-mail, without regard to case. */
    static Uni<List<User>> page(@Nullable String email, Paging paging) {
        UUID before = paging.after(Cursor.of(new UUID(-1, -1))).id();
        var query = email == null
                ? User.<User>find("id < ?1 order by id desc", before)
                : User.<User>find("id < ?1 and lower(email) = lower(?2) order by id desc", before, email);
        return query.page(0, paging.rows()).list();
    }

    /** Who has the role, also where the account is not in use. */
    static Uni<Long> countAdmins() {
        return count("array_position(platformRoles, ?1) > 0", PlatformRole.PLATFORM_ADMIN);
    }

    /** Who may act as PLATFORM_ADMIN beside this user. */
    static Uni<Long> countOtherAdmins(UUID userId) {
        return count(
                "id <> ?1 and status = ?2 and array_position(platformRoles, ?3) > 0",
                userId,
                UserStatus.ACTIVE,
                PlatformRole.PLATFORM_ADMIN);
    }

    /** As much of this user as somebody sees who shares a community with them; else {@code not-found}. */
    static Uni<PersonView> seenBy(SignedInUser viewer, UUID userId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SEEN_WITH.sql(), Tuple.class)
                        .setParameter("user", userId)
                        .setParameter("viewer", viewer.id())
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(NotFound::new)
                .map(row -> new PersonView(
                        (UUID) row.get(0), (String) row.get(1), (String) row.get(2), (String) row.get(3)));
    }

    /** The active user, so that a session may be opened: who changes the password, or disables the user, waits or comes first. Null for none. */
    static Uni<@Nullable User> signingIn(UUID userId) {
        return User.<User>find("id = ?1 and status = ?2", userId, UserStatus.ACTIVE)
                .withLock(LockModeType.PESSIMISTIC_READ)
                .firstResult();
    }

    /** Whoever has this e-mail and may use the account; null for nobody. */
    static Uni<@Nullable User> reachedAt(String email) {
        return User.<User>find("lower(email) = lower(?1) and status = ?2", email, UserStatus.ACTIVE)
                .firstResult();
    }

    /** Whose password this token sets, if it may still be used; null for nobody. */
    static Uni<@Nullable User> resetting(UUID verificationId) {
        return User.<User>find(
                        "from User u where u.status = ?1 and exists (from Verification v where v.id = ?2 and v.userId = u.id and v.purpose = ?3 and v.usedAt is null and v.expiresAt > current_timestamp)",
                        UserStatus.ACTIVE,
                        verificationId,
                        VerificationPurpose.PASSWORD_RESET)
                .firstResult();
    }

    /** For a view that shows a person whom the viewer may see already. */
    static Uni<String> nameOf(UUID userId) {
        return User.find("select u.name from User u where u.id = ?1", userId)
                .project(String.class)
                .firstResult();
    }

    /** For a view that shows persons whom the viewer may see already. */
    static Uni<List<User>> of(Collection<UUID> userIds) {
        return User.<User>find("id in ?1", userIds).list();
    }

    static User signUp(SignUp in) {
        return opened(in.name().strip(), in.email());
    }

    /** One who has proved the e-mail before there was an account. */
    static User signUp(PendingSignUp pending, Instant now) {
        User user = opened(pending.name, pending.email);
        user.emailVerifiedAt = now;
        return user;
    }

    private static User opened(String name, String email) {
        User user = new User();
        user.name = name;
        user.email = email;
        user.status = UserStatus.ACTIVE;
        return user;
    }

    /** Null when nothing changed. Problems: {@code locale-unknown}, {@code time-zone-unknown}, {@code avatar-url-invalid}. */
    @Nullable
    ProfileChanged edit(EditProfile in) {
        var fields = EnumSet.noneOf(ProfileField.class);
        if (in.name() != null && !in.name().strip().equals(name)) {
            name = in.name().strip();
            fields.add(ProfileField.NAME);
        }
        if (in.bio() != null && !Objects.equals(in.newBio(), bio)) {
            bio = in.newBio();
            fields.add(ProfileField.BIO);
        }
        if (in.avatarUrl() != null && !Objects.equals(in.newAvatarUrl(), avatarUrl)) {
            avatarUrl = in.newAvatarUrl();
            fields.add(ProfileField.AVATAR_URL);
        }
        if (in.locale() != null && !in.newLocale().equals(locale)) {
            locale = in.newLocale();
            fields.add(ProfileField.LOCALE);
        }
        if (in.timeZone() != null && !in.newTimeZone().equals(timeZone)) {
            timeZone = in.newTimeZone();
            fields.add(ProfileField.TIME_ZONE);
        }
        return fields.isEmpty() ? null : new ProfileChanged(id, List.copyOf(fields));
    }

    /** Problems: {@code email-confirmed-already}. */
    String unconfirmedEmail() {
        if (emailVerifiedAt != null || email == null)
            throw new Conflict("email-confirmed-already", "Your e-mail is confirmed.");
        return email;
    }

    /** Problems: {@code token-spent} where the user has another address by now, or is disabled. */
    AccountFact proveEmail(Verification proved, Instant now) {
        if (status != UserStatus.ACTIVE) throw Verification.spent();
        if (proved.purpose == VerificationPurpose.EMAIL_CHANGE) return changeEmail(proved, now);
        requireAddress(proved);
        emailVerifiedAt = now;
        return new EmailConfirmed(id);
    }

    /** Whether the address is free the database says. */
    private EmailChanged changeEmail(Verification proved, Instant now) {
        proved.replaced(email);
        email = proved.target;
        emailVerifiedAt = now;
        return new EmailChanged(id, proved.id);
    }

    /** A token that went to an address which the user has no more proves nothing, nor does one of a user who is disabled. Problems: {@code token-spent}. */
    void requireAddress(Verification proved) {
        if (!proved.target.equals(email) || status != UserStatus.ACTIVE) throw Verification.spent();
    }

    PhoneConfirmed confirmPhone(Verification proved, Instant now) {
        phone = proved.target;
        phoneVerifiedAt = now;
        return new PhoneConfirmed(id, proved.id);
    }

    PasswordChanged changedPassword() {
        return new PasswordChanged(id);
    }

    UserSignedUp signedUp() {
        return new UserSignedUp(id);
    }

    boolean isPlatformAdmin() {
        return Arrays.asList(platformRoles).contains(PlatformRole.PLATFORM_ADMIN);
    }

    /** Null when it is disabled already. Problems: {@code own-account}, {@code user-erased}, {@code last-platform-admin}. */
    @Nullable
    UserDisabled disable(UUID by, String reason, long otherAdmins) {
        if (by.equals(id)) throw new Conflict("own-account", "Somebody else must disable your account.");
        requireNotErased();
        if (status == UserStatus.DISABLED) return null;
        requireOtherAdmins(otherAdmins);
        status = UserStatus.DISABLED;
        return new UserDisabled(id, new PrivateText(reason.strip()));
    }

    /** Null when it is active already. Problems: {@code user-erased}. */
    @Nullable
    UserEnabled enable(String reason) {
        requireNotErased();
        if (status == UserStatus.ACTIVE) return null;
        status = UserStatus.ACTIVE;
        return new UserEnabled(id, new PrivateText(reason.strip()));
    }

    /** Null when these are the roles already. Problems: {@code user-not-active} when one is given, {@code last-platform-admin}. */
    @Nullable
    PlatformRolesChanged givePlatformRoles(Set<PlatformRole> given, long otherAdmins) {
        var before = List.of(platformRoles);
        if (given.equals(Set.copyOf(before))) return null;
        if (!given.isEmpty()) requireActive();
        if (!given.contains(PlatformRole.PLATFORM_ADMIN)) requireOtherAdmins(otherAdmins);
        platformRoles = given.stream().sorted().toArray(PlatformRole[]::new);
        return new PlatformRolesChanged(id, before, List.of(platformRoles));
    }

    /** Asks for the erasure of the account, some days from now. Problems: {@code last-platform-admin}. */
    ErasureAsked askErasure(Instant now, long otherAdmins) {
        requireOtherAdmins(otherAdmins);
        Instant due = now.plus(BEFORE_ERASURE);
        eraseAt = due;
        return new ErasureAsked(id, due);
    }

    /** Problems: {@code not-found} when none was asked for. */
    ErasureCalledOff callOffErasure() {
        if (eraseAt == null) throw new NotFound();
        eraseAt = null;
        return new ErasureCalledOff(id);
    }

    /** Forgets who it was; the bare id stays. Problems: {@code last-platform-admin}. */
    UserErased erase(long otherAdmins) {
        requireOtherAdmins(otherAdmins);
        name = "Former member";
        email = null;
        emailVerifiedAt = null;
        phone = null;
        phoneVerifiedAt = null;
        locale = "en";
        timeZone = "UTC";
        bio = null;
        avatarUrl = null;
        eraseAt = null;
        platformRoles = new PlatformRole[0];
        status = UserStatus.ERASED;
        return new UserErased(id);
    }

    /** Problems: {@code user-not-active}. */
    void requireActive() {
        if (status != UserStatus.ACTIVE) throw new Conflict("user-not-active", "This account is not in use.");
    }

    private void requireNotErased() {
        if (status == UserStatus.ERASED) throw new Conflict("user-erased", "This account was erased.");
    }

    private void requireOtherAdmins(long otherAdmins) {
        if (isPlatformAdmin() && status == UserStatus.ACTIVE && otherAdmins == 0)
            throw new Conflict(
                    "last-platform-admin", "The installation needs a PLATFORM_ADMIN: give the role to another first.");
    }

    /** Of one who has proved the e-mail before there was an account. */
    List<Fact> signedUpAndConfirmed() {
        return List.of(signedUp(), new EmailConfirmed(id));
    }
}
