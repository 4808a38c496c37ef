package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.townsquare.communities.MemberStatus;
import org.townsquare.journal.Actor;
import org.townsquare.platform.Batching;

/** The same session look-up in two ways. */
public final class MeasuredLookUp {
    private final BearerIdentities identities;
    private final Clock clock;

    public MeasuredLookUp(Pool pool, Batching batching, Clock clock) {
        identities = new BearerIdentities(pool, batching, new KeyRates());
        this.clock = clock;
    }

    /** A row of the session's way: one for each membership. */
    @SuppressWarnings("ArrayRecordComponent")
    record Found(
            UUID sessionId,
            Instant createdAt,
            UUID userId,
            PlatformRole[] platformRoles,
            UUID communityId,
            MemberStatus status,
            Role[] roles) {}

    /** As the service does it for every request with a token. */
    public Uni<SignedInUser> byStatement(String token) {
        return identities
                .authenticate(new TokenAuthenticationRequest(new TokenCredential(token, "bearer")), ignored -> null)
                .map(identity -> (SignedInUser) identity.getPrincipal());
    }

    /** One query through the session, and the columns alone: the fairest that it offers. */
    public Uni<SignedInUser> bySession(String token) {
        return Panache.withSession(() -> Session.find(
                        "select s.id, s.createdAt, u.id, u.platformRoles, m.communityId, m.status, m.roles from Session s join User u on u.id = s.userId "
                                + "left join Member m on m.userId = u.id where s.tokenHash = ?1 and s.expiresAt > ?2 and u.status = ?3",
                        new Token(token).hash(),
                        clock.instant(),
                        UserStatus.ACTIVE)
                .project(Found.class)
                .list()
                .map(MeasuredLookUp::user));
    }

    private static SignedInUser user(List<Found> rows) {
        var standings = new ArrayList<Standing>();
        for (Found row : rows)
            if (row.communityId != null)
                standings.add(new Standing(row.communityId, row.status.name(), Set.of(row.roles), false, Map.of()));
        return new SignedInUser(
                rows.get(0).userId,
                Actor.Credential.SESSION,
                rows.get(0).sessionId,
                rows.get(0).createdAt,
                null,
                null,
                null,
                standings);
    }
}
