package org.townsquare.journal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did it and by what right, as the journal writes it down. */
public interface Actor {
    /** The clock of the service, which closes what is due. */
    Actor SYSTEM = new Actor() {
        @Override
        public @Nullable UUID actorId() {
            return null;
        }

        @Override
        public Credential credential() {
            return Credential.SYSTEM;
        }

        @Override
        public @Nullable Origin origin() {
            return null;
        }

        @Override
        public @Nullable String requestId() {
            return null;
        }
    };

    /** The user; null for an anonymous caller and for the clock. */
    @Nullable
    UUID actorId();

    /** The admin who acts as this user; null where everybody acts for themselves. */
    default @Nullable UUID impersonatorId() {
        return null;
    }

    /** What the caller showed. */
    Credential credential();

    /** From where; null for the clock. */
    @Nullable
    Origin origin();

    /** The trace id of the request; null for the clock. */
    @Nullable
    String requestId();

    /** The same call by a user that has only now become known by a password. */
    default Actor as(UUID userId) {
        return as(userId, Credential.PASSWORD);
    }

    /** The same call by a user that has only now become known. */
    default Actor as(UUID userId, Credential shown) {
        Actor self = this;
        return new Actor() {
            @Override
            public UUID actorId() {
                return userId;
            }

            @Override
            public Credential credential() {
                return shown;
            }

            @Override
            public @Nullable Origin origin() {
                return self.origin();
            }

            @Override
            public @Nullable String requestId() {
                return self.requestId();
            }
        };
    }

    /** What a caller can show. */
    enum Credential {
        ANONYMOUS,
        PASSWORD,
        /** A single-use token from a mail. */
        MAIL_TOKEN,
        SESSION,
        API_KEY,
        SYSTEM
    }

    /** Where a request came from. Kept apart from the entry, for 90 days. */
    record Origin(String ip, @Nullable String userAgent) {}
}
