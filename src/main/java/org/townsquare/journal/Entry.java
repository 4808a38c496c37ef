package org.townsquare.journal;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One entry of the journal before it is written. */
public record Entry(
        UUID id,
        int stream,
        Instant at,
        String kind,
        @Nullable UUID communityId,
        Fact.Subject subject,
        @Nullable UUID actorId,
        @Nullable UUID impersonatorId,
        Actor.Credential credential,
        String body,
        Actor.@Nullable Origin origin,
        Buffer originSalt,
        List<Private> texts) {

    /** A private text, kept beside the entry until it is erased. */
    record Private(String field, String value, Buffer salt) {}

    /**
     * Stands in a fact for an id that only a hot statement knows; the statement puts the real one in its place. Written as a UUID, so that the
     * fact keeps its types.
     */
    public static UUID placeholder(int number) {
        return new UUID(0, number);
    }

    /** In the order of the parameters of {@link Journal#APPEND}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            id,
            stream,
            OffsetDateTime.ofInstant(at, ZoneOffset.UTC),
            kind,
            communityId,
            subject.type(),
            subject.id(),
            actorId,
            credential.name(),
            Buffer.buffer(body),
            origin == null ? null : origin.ip(),
            origin == null ? null : origin.userAgent(),
            originSalt,
            texts.stream().map(Private::field).toArray(String[]::new),
            texts.stream().map(Private::value).toArray(String[]::new),
            texts.stream().map(Private::salt).toArray(Buffer[]::new),
            impersonatorId
        };
    }

    /**
     * For a statement that appends the entry itself, and that nobody runs as another user: id, stream, at, actor, credential, body (text), ip, user agent, salt of the origin. It writes kind,
     * community and subject as it finds them, and puts them into the body in place of the placeholders.
     */
    public @Nullable Object[] hotValues() {
        return new @Nullable Object[] {
            id,
            stream,
            OffsetDateTime.ofInstant(at, ZoneOffset.UTC),
            actorId,
            credential.name(),
            body,
            origin == null ? null : origin.ip(),
            origin == null ? null : origin.userAgent(),
            originSalt
        };
    }
}
