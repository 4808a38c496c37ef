package org.townsquare.identity;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.PublicUrl;

/**
 * What a browser sends along by itself, such as a cookie, proves nothing about who wanted the request. So every write by the cookie of a session, and
 * every write of a page, comes from our own pages: a browser says where a request began. A request with {@code Authorization} was made on purpose.
 */
@Provider
class CrossSite implements ContainerRequestFilter {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final CurrentVertxRequest current;
    private final SessionCookie cookie;
    private final PublicUrl ours;

    CrossSite(CurrentVertxRequest current, SessionCookie cookie, PublicUrl ours) {
        this.current = current;
        this.cookie = cookie;
        this.ours = ours;
    }

    /** Pages stand beside the API. */
    static boolean isPage(@Nullable String path) {
        return path == null || !path.startsWith("/api/");
    }

    /** Problems: {@code cross-site}. */
    @Override
    public void filter(ContainerRequestContext context) {
        HttpServerRequest request = current.getCurrent().request();
        if (READS.contains(context.getMethod()) || request.headers().contains("Authorization")) return;
        if ((cookie.sent(request) != null || isPage(request.path())) && !isOwn(request))
            throw new Forbidden("cross-site", "This came from another site: do it on our own pages.");
    }

    private boolean isOwn(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null ? ours.origin().equals(request.getHeader("Origin")) : site.equals("same-origin");
    }
}
