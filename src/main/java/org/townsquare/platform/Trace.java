package org.townsquare.platform;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The trace id of a request: that of its {@code traceparent} (W3C), else one of our own. */
public final class Trace {
    private static final String KEY = "townsquare.trace";
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private Trace() {}

    /** 32 lower-case hexadecimal digits; the same at every call of one request. */
    public static String of(RoutingContext request) {
        String known = request.get(KEY);
        if (known != null) return known;
        String header = request.request().getHeader("traceparent");
        var match = header == null ? null : TRACEPARENT.matcher(header);
        String id =
                match != null && match.matches() && !match.group(1).equals("0".repeat(32)) ? match.group(1) : random();
        request.put(KEY, id);
        return id;
    }

    private static String random() {
        var random = ThreadLocalRandom.current();
        return String.format("%016x%016x", random.nextLong(), random.nextLong() | 1);
    }
}
