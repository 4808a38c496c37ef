package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unprocessable;

/** What a program shows in place of a session: it may what its scopes and its owner may, inside its community where it has one. */
@Entity
@Table(name = "api_key")
public class ApiKey extends ActiveRecord {
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Duration LONGEST_LIFE = Duration.ofDays(366);
    private static final int PER_MINUTE = 600;
    private static final String PAGE = " and id < ?2 and revokedAt is null order by id desc";
    private static final String REACHED =
            "id = ?1 and revokedAt is null and (userId = ?2 or communityId is not null and communityId in ?3)";

    public UUID userId;

    /** The one community that it is for; null for all of its owner. */
    public @Nullable UUID communityId;

    public String name;

    /** What it is known by in lists: {@link Token#prefix}. */
    public String prefix;

    public byte[] keyHash;

    /** Texts of permissions. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    public String[] scopes;

    public Instant expiresAt;
    public int perMinute;

    /** Written by the look-up, at most every five minutes. */
    public @Nullable Instant lastUsedAt;

    public @Nullable Instant revokedAt;

    ApiKey() {}

    /** A user's own that are not revoked, newest first. */
    static Uni<List<ApiKey>> page(UUID userId, Paging paging) {
        return page("userId = ?1" + PAGE, userId, paging);
    }

    /** Those that act for a community whose ADMIN asks, newest first. */
    public static Uni<List<ApiKey>> ofCommunity(UUID communityId, Paging paging) {
        return page("communityId = ?1" + PAGE, communityId, paging);
    }

    private static Uni<List<ApiKey>> page(String query, UUID of, Paging paging) {
        return ApiKey.<ApiKey>find(
                        query, of, paging.after(Cursor.of(new UUID(-1, -1))).id())
                .page(0, paging.rows())
                .list();
    }

    /** All of which something is still kept, newest first. */
    static Uni<List<ApiKey>> all(UUID userId) {
        return ApiKey.<ApiKey>find("userId = ?1 order by id desc", userId).list();
    }

    /** A user's own; else {@code not-found}. */
    static Uni<ApiKey> visibleTo(SignedInUser user, UUID id) {
        return found(own(user, id));
    }

    /** The same, locked for an act. */
    static Uni<ApiKey> heldBy(SignedInUser user, UUID id) {
        return found(own(user, id).withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    private static PanacheQuery<ApiKey> own(SignedInUser user, UUID id) {
        return ApiKey.find(REACHED, id, user.id(), List.of());
    }

    /** Their own, or one for a community whose ADMIN they are, locked to be revoked; else {@code not-found}. */
    static Uni<ApiKey> heldToRevoke(SignedInUser user, UUID id) {
        return found(ApiKey.<ApiKey>find(REACHED, id, user.id(), administered(user))
                .withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    private static List<UUID> administered(SignedInUser user) {
        return user.standings().stream()
                .filter(it -> it.isActive() && it.roles().contains(Role.ADMIN))
                .map(Standing::communityId)
                .toList();
    }

    private static Uni<ApiKey> found(PanacheQuery<ApiKey> query) {
        return query.<ApiKey>firstResult().onItem().ifNull().failWith(NotFound::new);
    }

    /** Revokes all of a user at once. */
    static Uni<Integer> revokeAll(UUID userId, Instant now) {
        return ApiKey.update("revokedAt = ?2 where userId = ?1 and revokedAt is null", userId, now);
    }

    /**
     * Refuses what no key can be, before a password is hashed. Problems: {@code scope-unknown}, {@code scope-not-grantable},
     * {@code community-unknown}, {@code expires-at-out-of-range}.
     */
    static ApiKey create(SignedInUser owner, Token token, CreateApiKey in, Instant now) {
        UUID community = in.communityId();
        if (community != null
                && owner.standings().stream()
                        .noneMatch(it -> it.isActive() && it.communityId().equals(community)))
            throw new Unprocessable("community-unknown", "You are no active member of such a community.");
        Instant expires = in.expiresAt();
        if (expires != null && (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST_LIFE))))
            throw new Unprocessable("expires-at-out-of-range", "A key ends within 366 days from now.");
        Integer perMinute = in.perMinute();
        ApiKey key = new ApiKey();
        key.userId = owner.id();
        key.communityId = community;
        key.name = in.name().strip();
        key.prefix = token.prefix();
        key.keyHash = token.hash();
        key.scopes = granted(in.scopes(), community != null);
        key.expiresAt = expires == null ? now.plus(LIFE) : expires.truncatedTo(ChronoUnit.MICROS);
        key.perMinute = perMinute == null ? PER_MINUTE : perMinute;
        return key;
    }

    /** What is left out stays. Problems: {@code scope-unknown}, {@code scope-not-grantable}. */
    ApiKeyChanged change(ChangeApiKey in) {
        List<Permission> before = permissions();
        List<String> given = in.scopes();
        if (given != null) scopes = granted(given, communityId != null);
        String called = in.name();
        if (called != null) name = called.strip();
        Integer rate = in.perMinute();
        if (rate != null) perMinute = rate;
        return new ApiKeyChanged(communityId, id, userId, before, permissions());
    }

    /** Whether the change gives it a scope that it has not: that needs the same proof as a new key. */
    boolean isWidenedBy(ChangeApiKey in) {
        return in.scopes() != null && !Set.of(scopes).containsAll(in.scopes());
    }

    ApiKeyRevoked revoke(Instant now) {
        revokedAt = now;
        return new ApiKeyRevoked(communityId, id, userId);
    }

    ApiKeyCreated created() {
        return new ApiKeyCreated(communityId, id, userId, permissions(), expiresAt);
    }

    /** One that a later release wrote and this one does not know gives nothing. */
    private List<Permission> permissions() {
        return Arrays.stream(scopes)
                .map(Permission::named)
                .flatMap(Optional::stream)
                .toList();
    }

    private static String[] granted(Collection<String> texts, boolean forCommunity) {
        Set<Permission> granted = EnumSet.noneOf(Permission.class);
        for (String text : texts) granted.add(grantable(text, forCommunity));
        return granted.stream().map(Permission::text).toArray(String[]::new);
    }

    private static Permission grantable(String text, boolean forCommunity) {
        Permission permission = Permission.named(text)
                .orElseThrow(() -> new Unprocessable(
                        "scope-unknown", "A scope is the name of a permission: GET /api/v1/permissions lists them."));
        if (!permission.isForKeys())
            throw new Unprocessable("scope-not-grantable", "No key can have the scope " + permission.text() + ".");
        if (forCommunity && !permission.isForCommunityKeys())
            throw new Unprocessable(
                    "scope-not-grantable",
                    "A key for one community cannot have the scope " + permission.text()
                            + ", which acts outside of it.");
        return permission;
    }
}
