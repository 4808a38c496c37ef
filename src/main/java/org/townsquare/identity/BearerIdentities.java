package org.townsquare.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.townsquare.journal.Actor;
import org.townsquare.platform.Batched;
import org.townsquare.platform.Batching;
import org.townsquare.platform.Repeats;
import org.townsquare.platform.Statement;

/** Who a token stands for, and where they stand, by one statement. Nothing of it is kept for the next request. */
@Singleton
class BearerIdentities implements IdentityProvider<TokenAuthenticationRequest> {
    private static final Statement SESSION = Statement.of(BearerIdentities.class, "look-up.sql");
    private static final Statement KEY = Statement.of(BearerIdentities.class, "look-up-key.sql");
    private static final Statement SESSION_SEEN = Statement.of(BearerIdentities.class, "session-seen.sql");
    private static final Statement KEY_USED = new Statement("update api_key set last_used_at = clock_timestamp() "
            + "where id = $1 and coalesce(last_used_at < clock_timestamp() - interval '5 minutes', true)");

    private final Pool pool;
    private final Batched<Optional<Known>> sessions;
    private final Batched<Optional<Known>> keys;
    private final KeyRates rates;

    BearerIdentities(Pool pool, Batching batching, KeyRates rates) {
        this.pool = pool;
        sessions = batching.readingCredentials(
                "look-up", SESSION, row -> Known.of(row, Actor.Credential.SESSION), Buffer.class);
        keys = batching.readingCredentials(
                "look-up-key", KEY, row -> Known.of(row, Actor.Credential.API_KEY), Buffer.class);
        this.rates = rates;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        var token = new Token(request.getToken().getToken());
        return (token.isKey() ? keys : sessions)
                .ask(Buffer.buffer(token.hash()))
                .map(found -> found.orElseThrow(AuthenticationFailedException::new))
                .invoke(known -> {
                    if (known.perMinute() != null) rates.take(known.user().credentialId(), known.perMinute());
                })
                .call(known -> known.unseen()
                        ? (token.isKey() ? KEY_USED : SESSION_SEEN)
                                .run(pool, known.user().credentialId())
                        : Uni.createFrom().voidItem())
                .map(Known::identity);
    }

    /**
     * What a token stands for, which several requests that ask at the same moment share.
     *
     * @param perMinute requests that a key may make; null for a session
     * @param unseen whether it was not used for a while
     */
    private record Known(
            SignedInUser user,
            Set<String> platformRoles,
            @Nullable Integer perMinute,
            boolean unseen) {
        static Known of(Row row, Actor.Credential credential) {
            return new Known(
                    new SignedInUser(
                            row.getUUID("user_id"),
                            credential,
                            row.getUUID("credential_id"),
                            row.getOffsetDateTime("created_at").toInstant(),
                            row.getUUID("impersonated_by"),
                            scopes(row.getArrayOfStrings("scopes")),
                            row.getUUID("community_id"),
                            standings((JsonArray) row.getValue("standings"))),
                    Set.of(row.getArrayOfStrings("platform_roles")),
                    row.getInteger("per_minute"),
                    row.getBoolean("unseen"));
        }

        SecurityIdentity identity() {
            var identity = QuarkusSecurityIdentity.builder().setPrincipal(user).addRoles(platformRoles);
            // an answer that another credential got may be about another community
            if (user.within() != null) identity.addAttribute(Repeats.KEPT_FOR, user.credentialId());
            return identity.build();
        }
    }

    /** A scope that this release does not know, because a later one wrote it, gives nothing; nor does one that no key can have. */
    private static @Nullable Set<Permission> scopes(String @Nullable [] texts) {
        if (texts == null) return null;
        return Arrays.stream(texts)
                .map(Permission::named)
                .flatMap(Optional::stream)
                .filter(Permission::isForKeys)
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)), Collections::unmodifiableSet));
    }

    private static List<Standing> standings(@Nullable JsonArray json) {
        return json == null
                ? List.of()
                : json.stream().map(BearerIdentities::standing).toList();
    }

    private static Standing standing(Object json) {
        var object = (JsonObject) json;
        return new Standing(
                UUID.fromString(object.getString("c")),
                object.getString("s"),
                roles(object.getJsonArray("r")),
                object.getBoolean("f"),
                narrowed(object.getJsonObject("n")));
    }

    private static Map<Permission, Set<Role>> narrowed(@Nullable JsonObject json) {
        if (json == null || json.isEmpty()) return Map.of();
        var narrowed = new EnumMap<Permission, Set<Role>>(Permission.class);
        for (String name : json.fieldNames())
            Permission.named(name).ifPresent(permission -> narrowed.put(permission, roles(json.getJsonArray(name))));
        return Collections.unmodifiableMap(narrowed);
    }

    private static Set<Role> roles(JsonArray json) {
        return json.stream().map(role -> Role.valueOf((String) role)).collect(Collectors.toUnmodifiableSet());
    }
}
