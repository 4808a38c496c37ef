package org.townsquare.platform;

import io.quarkus.arc.ArcInvocationContext;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Stands inside the transaction of {@link WithTransaction}, whose interceptor has the priority 200. A request without a key passes. */
@OncePerKey
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 300)
class OncePerKeyInterceptor {
    private static final String NOT_REPEATABLE = "townsquare.not-repeatable";

    private final CurrentVertxRequest current;
    private final KeyedRequests keyed;
    private final Repeats repeats;

    OncePerKeyInterceptor(CurrentVertxRequest current, KeyedRequests keyed, Repeats repeats) {
        this.current = current;
        this.keyed = keyed;
        this.repeats = repeats;
    }

    @AroundInvoke
    Object once(InvocationContext call) throws Exception {
        RoutingContext request = current.getCurrent();
        if (!KeyedRequest.isKeyed(request.request())) {
            request.put(NOT_REPEATABLE, true);
            return call.proceed();
        }
        OncePerKey marked = ArcInvocationContext.findIterceptorBinding(call, OncePerKey.class);
        KeyedRequest known = keyed.current(marked.showsSecret());
        known.rememberIn(request);
        boolean inSession = ArcInvocationContext.findIterceptorBinding(call, WithTransaction.class) != null;
        return inSession
                ? repeats.inSession(known, () -> Calls.proceed(call))
                : repeats.unlessAnswered(known, () -> Calls.proceed(call));
    }

    /** Whether a POST without a key was begun: when its connection is lost, nobody knows whether it was carried out. */
    static boolean hasBegunWithoutKey(RoutingContext request) {
        return request.get(NOT_REPEATABLE) != null;
    }
}
