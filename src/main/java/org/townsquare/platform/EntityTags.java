package org.townsquare.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a GET shows has a strong tag that changes whenever it does: a digest of the body, after the version of the row where the endpoint gave it. A caller
 * who has it already is answered {@code 304}. The body is written here, once.
 */
@Provider
class EntityTags implements ResteasyReactiveContainerResponseFilter {
    /** Characters of the digest: 128 bits and a little more. */
    private static final int LENGTH = 22;

    private static final Pattern TAG = Pattern.compile("\"[^\"]*\"");

    private final ObjectMapper json;

    EntityTags(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() != 200 || !isRead(request.getMethod())) return;
        Object entity = response.getEntity();
        if (entity == null || !request.getUriInfo().getPath().startsWith("/api/v1/")) return;
        String given = response.getHeaderString(HttpHeaders.ETAG);
        String tag = given;
        if (entity instanceof String text) {
            if (given == null) tag = tag(null, text.getBytes(StandardCharsets.UTF_8));
        } else if (!(entity instanceof byte[])) {
            byte[] body = written(entity);
            response.setEntity(body);
            tag = tag(given, body);
        }
        if (tag != null && !tag.equals(given)) response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        if (tag == null || !isKnown(tag, request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))) return;
        response.setStatus(304);
        response.setEntity(null);
        response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private byte[] written(Object entity) {
        try {
            return json.writeValueAsBytes(entity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that cannot be written", e);
        }
    }

    private static String tag(@Nullable String version, byte[] body) {
        String digest = Digest.sha256(body).text().substring(0, LENGTH);
        return version == null
                ? "\"" + digest + "\""
                : version.substring(0, version.length() - 1) + "." + digest + "\"";
    }

    /** The weak comparison of RFC 9110: {@code W/} does not matter. */
    private static boolean isKnown(String tag, @Nullable List<String> conditions) {
        if (conditions == null) return false;
        for (String condition : conditions) {
            if (condition.trim().equals("*")) return true;
            if (TAG.matcher(condition).results().anyMatch(it -> it.group().equals(tag))) return true;
        }
        return false;
    }
}
