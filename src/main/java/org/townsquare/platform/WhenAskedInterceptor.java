package org.townsquare.platform;

import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the OpenAPI document from delaying each start: Quarkus reads it and writes it anew before it takes requests, which is close to half of a native
 * start. Here it does so a while after the start, on a worker, or when the document is asked for before.
 */
@WhenAsked
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class WhenAskedInterceptor {
    private static final Logger LOG = Logger.getLogger(WhenAskedInterceptor.class);
    private static final String PREPARES = "prepareDocument";
    private static final long LATER_MILLIS = 10_000;

    private final Vertx vertx;
    private final Deque<InvocationContext> waiting = new ArrayDeque<>();

    WhenAskedInterceptor(Vertx vertx) {
        this.vertx = vertx;
    }

    @AroundInvoke
    @Nullable
    Object invoke(InvocationContext call) throws Exception {
        if (call.getMethod().getName().equals(PREPARES)) {
            later(call);
            return null;
        }
        prepare();
        return call.proceed();
    }

    private synchronized void later(InvocationContext preparation) {
        if (waiting.isEmpty())
            vertx.setTimer(
                    LATER_MILLIS,
                    tick -> vertx.executeBlocking(this::prepare)
                            .onFailure(e -> LOG.error("the OpenAPI document was not prepared", e)));
        waiting.add(preparation);
    }

    /** Who asks meanwhile waits for it. */
    private synchronized @Nullable Void prepare() throws Exception {
        while (!waiting.isEmpty()) {
            var unused = waiting.remove().proceed();
        }
        return null;
    }
}
