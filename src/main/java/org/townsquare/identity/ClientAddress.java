package org.townsquare.identity;

import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The address that a request comes from. Behind a trusted proxy ({@code quarkus.http.proxy.*}) it is the last one that the header names: the one that the
 * proxy saw. Those before it the client may have sent itself. Where addresses are forwarded and no proxy is named as trusted, anybody could choose the
 * network that limits hold for, and the service does not start.
 */
@Singleton
@Startup
class ClientAddress {
    private static final String TRUSTED = "X-Forwarded-Trusted-Proxy";
    private static final Pattern FORWARDED_FOR = Pattern.compile("(?i)(?:^|[;,\\s])for=\"?([^;,\"]+)");
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^]]*)](?::\\d+)?|([0-9.]+):\\d+");

    private final boolean forwarding;
    private final boolean standard;

    ClientAddress(
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean forwarding,
            @ConfigProperty(name = "quarkus.http.proxy.allow-forwarded", defaultValue = "false") boolean standard,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> trusted) {
        if (forwarding && trusted.isEmpty())
            throw new IllegalArgumentException(
                    "quarkus.http.proxy.proxy-address-forwarding needs quarkus.http.proxy.trusted-proxies, the addresses of the proxies");
        this.forwarding = forwarding;
        this.standard = standard;
    }

    String of(HttpServerRequest request) {
        String forwarded = forwarding && "true".equals(request.getHeader(TRUSTED)) ? forwarded(request) : null;
        if (forwarded != null) return forwarded;
        SocketAddress peer = request.connection().remoteAddress();
        String address = peer == null ? null : peer.hostAddress();
        return address == null ? "unknown" : address;
    }

    private @Nullable String forwarded(HttpServerRequest request) {
        List<String> lines = standard ? request.headers().getAll("Forwarded") : List.of();
        return lines.isEmpty()
                ? lastFor(request.headers().getAll("X-Forwarded-For"))
                : lastForwarded(lines.get(lines.size() - 1));
    }

    private static @Nullable String lastFor(List<String> lines) {
        if (lines.isEmpty()) return null;
        String line = lines.get(lines.size() - 1);
        return bare(line.substring(line.lastIndexOf(',') + 1));
    }

    private static @Nullable String lastForwarded(String line) {
        String last = null;
        for (Matcher match = FORWARDED_FOR.matcher(line); match.find(); ) last = match.group(1);
        return last == null ? null : bare(last);
    }

    /** Without a port. */
    private static String bare(String node) {
        Matcher match = WITH_PORT.matcher(node.strip());
        if (!match.matches()) return node.strip();
        String v6 = match.group(1);
        return v6 == null ? match.group(2) : v6;
    }
}
