package org.townsquare.web;

import io.vertx.core.http.HttpServerRequest;
import org.townsquare.platform.PublicUrl;

/** Writes of pages come from our own pages: a browser says where a request began. */
final class SameSite {
    private SameSite() {}

    static boolean is(HttpServerRequest request, PublicUrl ours) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) return site.equals("same-origin");
        return ours.origin().equals(request.getHeader("Origin"));
    }
}
