package org.townsquare.platform;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds for every request and every answer, of whatever route, errors too. */
class Edge {
    /** Characters of an address, and parameters in it. */
    private static final int LONGEST_ADDRESS = 4 * 1024;

    private static final int MOST_PARAMETERS = 100;

    /** Bytes of an answer that is compressed. */
    private static final int SMALL = 1_024;

    /** U+0000, and what would be a surrogate in UTF-8. */
    private static final Pattern NO_TEXT = Pattern.compile("%00|%[eE][dD]%[aAbB][0-9a-fA-F]");

    private static final Set<HttpMethod> KNOWN = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence CACHE = HttpHeaders.createOptimized("Cache-Control");

    private static final Map<CharSequence, CharSequence> ALWAYS = Map.of(
            HttpHeaders.createOptimized("Strict-Transport-Security"),
            HttpHeaders.createOptimized("max-age=31536000"),
            HttpHeaders.createOptimized("X-Content-Type-Options"),
            HttpHeaders.createOptimized("nosniff"),
            HttpHeaders.createOptimized("Referrer-Policy"),
            HttpHeaders.createOptimized("no-referrer"),
            HttpHeaders.createOptimized("Cross-Origin-Resource-Policy"),
            HttpHeaders.createOptimized("same-origin"),
            HttpHeaders.createOptimized("Permissions-Policy"),
            HttpHeaders.createOptimized(
                    "accelerometer=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
                            + "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=()"));

    /** An API shows nothing and loads nothing. */
    private static final CharSequence NOTHING =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");

    /** Swagger UI begins with a script in its page. */
    private static final CharSequence SWAGGER = HttpHeaders.createOptimized(
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");

    /** Never in production: the Dev UI does not exist there. */
    private static final CharSequence DEV = HttpHeaders.createOptimized(
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: ws: wss:; frame-ancestors 'self'");

    private static final CharSequence NOT_KEPT = HttpHeaders.createOptimized("private, no-cache");

    private final ProblemRoutes problems;
    private final RequestConfig config;

    Edge(ProblemRoutes problems, RequestConfig config) {
        this.problems = problems;
        this.config = config;
    }

    void headers(@Observes Filters filters) {
        filters.register(
                at -> {
                    Deadline.begin(at, config.deadline());
                    at.addHeadersEndHandler(nothing -> complete(at));
                    at.next();
                },
                100_000);
    }

    void limits(@Observes Filters filters) {
        filters.register(
                at -> {
                    String query = at.request().query();
                    if (at.request().uri().length() > LONGEST_ADDRESS)
                        problems.refuse(at, 414, "address-too-long", null);
                    else if (!isOurs(at.request().path())
                            && !KNOWN.contains(at.request().method())) {
                        at.response().putHeader("Allow", "GET, HEAD, OPTIONS");
                        problems.refuse(at, 405, "method-not-allowed", null);
                    } else if (query != null && NO_TEXT.matcher(query).find())
                        problems.refuse(at, 400, "text-invalid", "U+0000 and lone surrogates are not text.");
                    else if (query != null
                            && query.chars().filter(c -> c == '&').count() >= MOST_PARAMETERS)
                        problems.refuse(at, 400, "parameter-invalid", "At most 100 parameters.");
                    else at.next();
                },
                20_000);
    }

    /** Quarkus REST knows the methods of each path there; other routes take any. */
    private static boolean isOurs(@Nullable String path) {
        return path != null && path.startsWith("/api/");
    }

    private static void complete(RoutingContext at) {
        MultiMap headers = at.response().headers();
        if (isSmall(headers) && !headers.contains(HttpHeaders.CONTENT_ENCODING))
            headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        ALWAYS.forEach(headers::set);
        if (!headers.contains(CACHE)) headers.set(CACHE, NOT_KEPT);
        if (!headers.contains(POLICY)) headers.set(POLICY, policy(at.request().path()));
    }

    /** Not worth to be compressed; the header that says so is not sent. */
    private static boolean isSmall(MultiMap headers) {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return length != null && (length.length() < 4 || (length.length() == 4 && Integer.parseInt(length) < SMALL));
    }

    private static CharSequence policy(@Nullable String path) {
        if (path == null || !path.startsWith("/q/")) return NOTHING;
        if (path.startsWith("/q/swagger-ui")) return SWAGGER;
        return path.startsWith("/q/dev") ? DEV : NOTHING;
    }
}
