package org.townsquare.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Ids;
import org.townsquare.platform.SecureBytes;
import org.townsquare.platform.SessionConnection;
import org.townsquare.platform.Statement;

/** The append-only table of facts. The one place that makes its entries; the hot statements append what {@link #entry} made. */
@ApplicationScoped
public class Journal {
    /** The form of the body: a change of its members is a new number. */
    private static final int FORMAT = 1;

    static final Statement APPEND = Statement.of(Journal.class, "append.sql");
    private static final Statement FORGET = Statement.of(Journal.class, "forget.sql");

    /** An instant in a sealed text always has six decimals. */
    public static final DateTimeFormatter SIX_DECIMALS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The accessors of a kind of fact that give what is private. The JVM makes the components anew whenever it is asked for them, which takes long. */
    private static final ClassValue<List<Method>> PRIVATE_TEXTS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> fact) {
            var accessors = Arrays.stream(fact.getRecordComponents())
                    .filter(it -> it.getType() == PrivateText.class)
                    .map(RecordComponent::getAccessor)
                    .toList();
            accessors.forEach(it -> it.setAccessible(true)); // the facts of a feature are its own
            return accessors;
        }
    };

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectMapper json;
    private final Clock clock;
    private final JournalStream stream;

    Journal(ObjectMapper json, Clock clock, JournalStream stream) {
        this.json = json;
        this.clock = clock;
        this.stream = stream;
    }

    /** Records it in the caller's session and transaction. Flushes first, so that what the caller shows next is what stands in the row. */
    public Uni<Void> record(Actor who, Fact fact) {
        Entry entry = entry(who, fact);
        return Panache.getSession()
                .call(session -> session.flush())
                .chain(session -> new SessionConnection(session).update(APPEND, entry.values()))
                .replaceWithVoid();
    }

    /** Records several facts of one act, in their order. */
    public Uni<Void> record(Actor who, List<? extends Fact> facts) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (Fact fact : facts) done = done.chain(() -> record(who, fact));
        return done;
    }

    /** Records it in the caller's hand-written transaction. */
    public Uni<Void> record(SqlConnection transaction, Actor who, Fact fact) {
        return transaction
                .preparedQuery(APPEND.sql())
                .execute(Tuple.from(entry(who, fact).values()))
                .replaceWithVoid();
    }

    /**
     * Forgets the private texts and the origins of all entries whose actor or subject this is, in the caller's session and transaction. The entries stay
     * as they are: what they commit to can only not be shown any more.
     *
     * @param id a user, or a thing that stands for one, such as a membership
     */
    public Uni<Void> forget(UUID id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FORGET.sql())
                        .setParameter("id", id)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** An entry for a hot statement that appends it itself. */
    public Entry entry(Actor who, Fact fact) {
        UUID id = Ids.next();
        Instant at = clock.instant();
        byte[] originSalt = SecureBytes.next(32);
        var texts = new ArrayList<Entry.Private>();
        ObjectNode commitments = NODES.objectNode();
        Actor.Origin origin = who.origin();
        if (origin != null) {
            commitments.put("ip", Digest.hmac(originSalt, origin.ip()).text());
            String userAgent = origin.userAgent();
            if (userAgent != null)
                commitments.put("userAgent", Digest.hmac(originSalt, userAgent).text());
        }
        for (Method accessor : PRIVATE_TEXTS.get(fact.getClass())) {
            String value = text(fact, accessor);
            if (value == null) continue;
            byte[] salt = SecureBytes.next(32);
            texts.add(new Entry.Private(accessor.getName(), value, Buffer.buffer(salt)));
            commitments.put(accessor.getName(), Digest.hmac(salt, value).text());
        }
        ObjectNode body = NODES.objectNode();
        body.put("version", FORMAT);
        body.put("id", id.toString());
        body.put("at", SIX_DECIMALS.format(at));
        body.put("kind", fact.kind());
        body.put("community", text(fact.communityId()));
        body.put("actor", text(who.actorId()));
        body.put("impersonator", text(who.impersonatorId()));
        body.put("credential", who.credential().name());
        body.putObject("subject")
                .put("type", fact.subject().type())
                .put("id", fact.subject().id().toString());
        body.put("request", who.requestId());
        body.set("fact", json.valueToTree(fact));
        body.set("commitments", commitments);
        body.put("salt", Digest.base64Url(SecureBytes.next(16)));
        return new Entry(
                id,
                stream.requireOpen(),
                at,
                fact.kind(),
                fact.communityId(),
                fact.subject(),
                who.actorId(),
                who.impersonatorId(),
                who.credential(),
                CanonicalJson.write(body),
                origin,
                Buffer.buffer(originSalt),
                texts);
    }

    private static @Nullable String text(Fact fact, Method accessor) {
        try {
            var text = (PrivateText) accessor.invoke(fact);
            return text == null ? null : text.value();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a fact that cannot be read: " + fact.kind(), e);
        }
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
