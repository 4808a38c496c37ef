package org.townsquare.web;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Access;
import org.townsquare.identity.Permission;
import org.townsquare.platform.OwnTransaction;

/** Where a code is typed; leads to its page. */
@Path("/{page:[cC]}")
@Cancellable(false)
@PermitAll
@Produces(MediaType.TEXT_HTML)
class CodePageResource {
    private final Pages pages;

    CodePageResource(Pages pages) {
        this.pages = pages;
    }

    @GET
    @OwnTransaction("it reads nothing")
    @Access(Permission.EVENT_READ)
    public Uni<RestResponse<String>> show(@QueryParam("code") @Nullable String code) {
        if (code != null && !code.isBlank()) return Uni.createFrom().item(Pages.to("/c/" + inPath(code.strip())));
        Frame frame = pages.frame(Style.DESK);
        return pages.shown(200, frame, Templates.code(frame, Form.EMPTY));
    }

    /** A part of a path, whatever was typed: dots alone would lead elsewhere. */
    private static String inPath(String typed) {
        String encoded = URLEncoder.encode(typed, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.matches("\\.*") ? "-" : encoded;
    }
}
