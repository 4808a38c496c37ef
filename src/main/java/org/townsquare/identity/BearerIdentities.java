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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.townsquare.platform.Statement;

/** Who a session token stands for, and where they stand, by one statement. */
@Singleton
class BearerIdentities implements IdentityProvider<TokenAuthenticationRequest> {
    private static final Statement LOOK_UP = Statement.of(BearerIdentities.class, "look-up.sql");

    private final Pool pool;

    BearerIdentities(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        byte[] hash = new Token(request.getToken().getToken()).hash();
        return LOOK_UP.run(pool, Buffer.buffer(hash)).map(rows -> {
            if (rows.size() == 0) throw new AuthenticationFailedException();
            return identity(rows.iterator().next());
        });
    }

    private static SecurityIdentity identity(Row row) {
        var json = (JsonArray) row.getValue("standings");
        List<Standing> standings = json == null
                ? List.of()
                : json.stream().map(BearerIdentities::standing).toList();
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new SignedInUser(row.getUUID("user_id"), row.getUUID("session_id"), standings))
                .addRoles(Set.of(row.getArrayOfStrings("platform_roles")))
                .build();
    }

    private static Standing standing(Object json) {
        var object = (JsonObject) json;
        return new Standing(
                UUID.fromString(object.getString("c")),
                object.getString("s"),
                object.getJsonArray("r").stream()
                        .map(role -> Role.valueOf((String) role))
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
