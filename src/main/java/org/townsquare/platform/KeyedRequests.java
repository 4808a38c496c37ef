package org.townsquare.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jspecify.annotations.Nullable;

/** Knows the current request by its {@code Idempotency-Key}. */
@Singleton
class KeyedRequests {
    private final CurrentVertxRequest current;
    private final SecurityIdentity identity;
    private final ObjectMapper json;

    KeyedRequests(CurrentVertxRequest current, SecurityIdentity identity, ObjectMapper json) {
        this.current = current;
        this.identity = identity;
        this.json = json;
    }

    /** Only for a request that has the header. Problems: {@code idempotency-key-invalid}. */
    KeyedRequest current(boolean showsSecret) {
        RoutingContext request = current.getCurrent();
        return KeyedRequest.of(
                request.request(),
                principal(),
                "POST " + CurrentRequestManager.get().getTarget().getClassPath().template,
                canonical(BodyPresent.of(request)),
                showsSecret);
    }

    private @Nullable UUID principal() {
        if (identity.isAnonymous()) return null;
        UUID credential = identity.getAttribute(Repeats.KEPT_FOR);
        return credential == null ? UUID.fromString(identity.getPrincipal().getName()) : credential;
    }

    /** The same for every way to write it: parsed, and written again in the order of the names. */
    private String canonical(byte[] body) {
        try {
            return body.length == 0
                    ? ""
                    : json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                            .writeValueAsString(json.readValue(body, Object.class));
        } catch (IOException e) {
            // what is no JSON is refused by another code, and never carried out
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }
}
