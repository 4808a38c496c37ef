package org.townsquare.platform;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Stands around the transaction, whose interceptor has the priority 200: to wait for a connection counts too. */
@WithTransaction
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class DeadlineOfWrite {
    private final CurrentVertxRequest current;

    DeadlineOfWrite(CurrentVertxRequest current) {
        this.current = current;
    }

    @AroundInvoke
    Object bound(InvocationContext call) {
        return Deadline.of(current.getCurrent()).bound(() -> GivenWay.repeated(() -> Calls.proceed(call)));
    }
}
