package org.townsquare.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The errors that arise before or beside the resources. */
class ProblemRoutes {
    private static final Logger LOG = Logger.getLogger(ProblemRoutes.class);

    /** Bytes of a JSON body. */
    private static final long MOST = 256 * 1024;

    /** Errors of HTTP/2 (RFC 9113, section 7): after an answer that is whole, and before. */
    private static final long NO_ERROR = 0;

    private static final long CANCEL = 8;

    private final ObjectMapper json;

    ProblemRoutes(ObjectMapper json) {
        this.json = json;
    }

    void errors(@Observes Router router) {
        for (int status : new int[] {400, 401, 403, 404, 405, 406, 413, 414, 415, 500, 503})
            router.errorHandler(status, at -> answer(at, status));
        router.route().order(-1).failureHandler(at -> {
            if (at.failure() instanceof HttpClosedException) LOG.debugf(at.failure(), "the client hung up");
            else if (at.statusCode() == 413 || at.statusCode() == 400) answer(at, at.statusCode());
            else at.next();
        });
    }

    void tooLarge(@Observes Filters filters) {
        filters.register(
                at -> {
                    String length = at.request().getHeader("Content-Length");
                    if (length != null
                            && length.matches("\\d+")
                            && (length.length() > 12 || Long.parseLong(length) > MOST)) {
                        if (isStream(at))
                            at.addEndHandler(answered -> at.response().reset(NO_ERROR));
                        else at.response().putHeader("Connection", "close");
                        answer(at, 413);
                    } else at.next();
                },
                10_000);
    }

    /** Requests that share a connection: each ends alone, and a header about the connection would be an error. */
    private static boolean isStream(RoutingContext at) {
        return at.request().version() == HttpVersion.HTTP_2;
    }

    /** Whether a body of unknown length may come. */
    private static boolean isInChunks(RoutingContext at) {
        return isStream(at)
                ? at.request().getHeader("Content-Length") == null
                : at.request().getHeader("Transfer-Encoding") != null;
    }

    /** Whether the caller has one to send. */
    static boolean hasBody(RoutingContext at) {
        HttpMethod method = at.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) return false;
        String length = at.request().getHeader("Content-Length");
        return length == null ? isInChunks(at) : !length.equals("0");
    }

    /** The rest of the request is not waited for. */
    void cut(RoutingContext at) {
        if (!isStream(at)) at.response().putHeader("Connection", "close");
        at.addEndHandler(answered -> {
            if (isStream(at)) at.response().reset(NO_ERROR);
            else at.request().connection().close();
        });
        refuse(at, 408, ProblemView.codeOf(408), "The rest of the request did not arrive in time.");
    }

    /** The rest of the answer is not said, and its reader is told that it is not whole. */
    static void breakOff(RoutingContext at) {
        if (isStream(at)) at.response().reset(CANCEL);
        else Lines.cut(((ConnectionBase) at.request().connection()).channel());
    }

    /** A body in chunks has no length to refuse it by, so it is read here up to the limit; on forms this handler would hang, and on HTTP/2 what follows it would fail. */
    void body(@Observes Filters filters) {
        var body = BodyHandler.create(false).setBodyLimit(MOST);
        filters.register(
                at -> {
                    String type = at.request().getHeader("Content-Type");
                    boolean chunked = at.request().getHeader("Transfer-Encoding") != null;
                    if (chunked && hasBody(at) && type != null && type.startsWith("application/json")) body.handle(at);
                    else at.next();
                },
                9_000);
    }

    /** Seconds, not the same for all who are told to come again. */
    static String moment() {
        return String.valueOf(1 + ThreadLocalRandom.current().nextInt(3));
    }

    private void answer(RoutingContext at, int status) {
        refuse(at, status, ProblemView.codeOf(status), null);
    }

    void refuse(RoutingContext at, int status, String code, @Nullable String detail) {
        if (at.response().ended() || at.response().headWritten()) return;
        String trace = Trace.of(at);
        if (status >= 500 && at.failure() != null) LOG.errorf(at.failure(), "defect, trace %s", trace);
        try {
            var body = ProblemView.of(status, code, detail, at.request().path(), trace, null);
            if (status == 401) at.response().putHeader("WWW-Authenticate", "Bearer");
            if (status == 503 || status == 429) at.response().putHeader("Retry-After", moment());
            at.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", ProblemView.MEDIA_TYPE)
                    .end(json.writeValueAsString(body))
                    .onFailure(gone -> LOG.debugf(gone, "the client hung up before its answer"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem that cannot be written", e);
        }
    }
}
