package org.townsquare.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/** A body where one is expected, and JSON: every other reader that the framework has would make of it what it can. */
@Provider
class BodyPresent implements ReaderInterceptor {
    private static final Logger LOG = Logger.getLogger(BodyPresent.class);
    private static final String READ = "townsquare.body";

    private final CurrentVertxRequest current;
    private final ObjectMapper json;

    BodyPresent(CurrentVertxRequest current, ObjectMapper json) {
        this.current = current;
        this.json = json;
    }

    /** The body of a request with an {@code Idempotency-Key}, whose fingerprint needs it; empty where none was read. */
    static byte[] of(RoutingContext request) {
        byte[] body = request.get(READ);
        return body == null ? new byte[0] : body;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (!isJson(context.getMediaType())) throw new NotSupportedException();
        byte[] read = context.getInputStream().readAllBytes();
        context.setInputStream(new ByteArrayInputStream(read));
        if (KeyedRequest.isKeyed(current.getCurrent().request()))
            current.getCurrent().put(READ, read);
        requireText(read);
        Object body = context.proceed();
        if (body == null) throw new Problem.BadRequest("body-missing", "The request needs a JSON object as its body.");
        return body;
    }

    /** Names of fields and values alike, whatever they are read as: PostgreSQL holds neither U+0000 nor half a surrogate pair. */
    private void requireText(byte[] body) throws IOException {
        if (holdsSurrogateBytes(body)) throw noText();
        if (!hasEscape(body)) return;
        // of characters, since the parser of bytes takes a lone surrogate in a name for broken UTF-8
        try (JsonParser parser = json.getFactory().createParser(new String(body, StandardCharsets.UTF_8))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean isText = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
                if (isText && !Text.isStorable(parser.getText())) throw noText();
            }
        } catch (JsonProcessingException malformed) {
            // the reader says so in a moment, with the place
            LOG.tracef(malformed, "malformed");
        }
    }

    private static Problem noText() {
        return new Problem.BadRequest("text-invalid", "U+0000 and lone surrogates are not text.");
    }

    private static boolean hasEscape(byte[] body) {
        for (int i = 0; i + 1 < body.length; i++) if (body[i] == '\\' && body[i + 1] == 'u') return true;
        return false;
    }

    /** What UTF-8 would make of a surrogate, and no UTF-8 has. */
    private static boolean holdsSurrogateBytes(byte[] body) {
        for (int i = 0; i + 1 < body.length; i++)
            if (body[i] == (byte) 0xED && (body[i + 1] & 0xE0) == 0xA0) return true;
        return false;
    }

    private static boolean isJson(MediaType type) {
        return type.getType().equals("application")
                && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
    }
}
