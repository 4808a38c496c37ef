package org.townsquare.platform;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What we refuse, each with a stable code. Rendered once, as RFC 9457, by {@link ProblemMapper}; the codes stand in docs/api.md. */
public abstract sealed class Problem extends RuntimeException {
    /** The HTTP status. */
    public final int status;

    /** The stable slug that a client may switch on. */
    public final String code;

    Problem(int status, String code, @Nullable String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** Whole seconds until the next try may succeed, for {@code Retry-After}; 0 where waiting does not help. */
    public long retryAfter() {
        return 0;
    }

    /** The request is not understood (400). */
    public static final class BadRequest extends Problem {
        public BadRequest(String code, @Nullable String detail) {
            super(400, code, detail);
        }
    }

    /** No or invalid credentials (401). */
    public static final class Unauthorized extends Problem {
        public Unauthorized(String code, @Nullable String detail) {
            super(401, code, detail);
        }
    }

    /** You may see it, but not do this (403). */
    public static final class Forbidden extends Problem {
        public Forbidden(String code, @Nullable String detail) {
            super(403, code, detail);
        }
    }

    /** It does not exist, or you may not see it (404): the same answer for both. */
    public static final class NotFound extends Problem {
        public NotFound() {
            this("not-found", null);
        }

        public NotFound(String code, @Nullable String detail) {
            super(404, code, detail);
        }
    }

    /** The state refuses, or a unique name is taken (409). */
    public static final class Conflict extends Problem {
        public Conflict(String code, @Nullable String detail) {
            super(409, code, detail);
        }
    }

    /** The same request runs already (409): its answer is there in a moment. */
    public static final class Running extends Problem {
        public Running() {
            super(409, "idempotency-running", "A request with this Idempotency-Key runs: repeat it in a moment.");
        }

        @Override
        public long retryAfter() {
            return 1;
        }
    }

    /** It existed and is over for good (410). */
    public static final class Gone extends Problem {
        public Gone(String code, @Nullable String detail) {
            super(410, code, detail);
        }
    }

    /** The thing changed since it was read (412). */
    public static final class Stale extends Problem {
        public Stale() {
            super(412, "stale", "It changed since you read it: read it again and repeat the change with its new ETag.");
        }
    }

    /** A change needs the version that it was made on (428). */
    public static final class PreconditionRequired extends Problem {
        public PreconditionRequired() {
            super(428, "if-match-required", "Send the ETag of the version that you changed as If-Match.");
        }
    }

    /** Well formed, but not acceptable (422). */
    public static final class Unprocessable extends Problem {
        public Unprocessable(String code, @Nullable String detail) {
            super(422, code, detail);
        }
    }

    /** Too often: try again later (429). */
    public static final class TooMany extends Problem {
        private final long retryAfter;

        public TooMany(String code, @Nullable String detail, Duration retryAfter) {
            super(429, code, detail);
            this.retryAfter = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        }

        @Override
        public long retryAfter() {
            return retryAfter;
        }
    }

    /** Try again in a moment (503). */
    public static final class Busy extends Problem {
        public Busy() {
            this("busy", "Too much to do right now: try again in a moment.");
        }

        public Busy(String code, @Nullable String detail) {
            super(503, code, detail);
        }

        /** Spread, so that not all come back at once. */
        @Override
        public long retryAfter() {
            return 1L + ThreadLocalRandom.current().nextInt(3);
        }
    }
}
