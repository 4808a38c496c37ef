package org.townsquare.platform;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request with an {@code Idempotency-Key}. The key itself is not stored: its digest identifies the row, and it is the key of the fingerprint's HMAC, so
 * that a password in a body cannot be guessed from the row.
 *
 * @param principal the user, or a credential that is for one community; nil for an anonymous caller, whose scope is the key alone
 * @param route the method and the path with the names of its parameters
 * @param key the first half of the digest of the key
 * @param fingerprint of method, path, query and body
 * @param showsSecret whether its answer is not for keeping
 */
record KeyedRequest(UUID principal, String route, UUID key, Digest fingerprint, boolean showsSecret) {
    static final String HEADER = "Idempotency-Key";

    private static final String KNOWN = "townsquare.keyed-request";
    private static final UUID NOBODY = new UUID(0, 0);
    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Whether the request has the header, well formed or not. */
    static boolean isKeyed(HttpServerRequest request) {
        return request.headers().contains(HEADER);
    }

    /** Whether the header is one UUID. */
    static boolean isWellKeyed(HttpServerRequest request) {
        List<String> keys = request.headers().getAll(HEADER);
        return keys.size() == 1 && FORM.matcher(keys.get(0)).matches();
    }

    /**
     * Problems: {@code idempotency-key-invalid}.
     *
     * @param principal null for an anonymous caller
     * @param body in its canonical form
     */
    static KeyedRequest of(
            HttpServerRequest request, @Nullable UUID principal, String route, String body, boolean showsSecret) {
        if (!isWellKeyed(request)) throw new Problem.BadRequest("idempotency-key-invalid", HEADER + " is one UUID.");
        byte[] key = UUID.fromString(request.getHeader(HEADER)).toString().getBytes(StandardCharsets.UTF_8);
        return new KeyedRequest(
                principal == null ? NOBODY : principal,
                route,
                half(Digest.sha256(key)),
                Digest.hmac(
                        key,
                        String.join(
                                "\n", request.method().name(), request.path(), String.valueOf(request.query()), body)),
                showsSecret);
    }

    private static UUID half(Digest digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest.bytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** The number of the advisory lock that one request at a time holds. */
    long lock() {
        return half(Digest.ofLines(principal.toString(), route, key.toString())).getMostSignificantBits();
    }

    void rememberIn(RoutingContext request) {
        request.put(KNOWN, this);
    }

    /** Null where the endpoint was not reached, or the request has no key. */
    static @Nullable KeyedRequest rememberedIn(RoutingContext request) {
        return request.get(KNOWN);
    }
}
