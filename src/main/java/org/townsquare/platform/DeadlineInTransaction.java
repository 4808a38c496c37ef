package org.townsquare.platform;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Stands inside the transaction and around all that is done in it. */
@WithTransaction
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 250)
class DeadlineInTransaction {
    private final CurrentVertxRequest current;

    DeadlineInTransaction(CurrentVertxRequest current) {
        this.current = current;
    }

    @AroundInvoke
    Object decide(InvocationContext call) {
        return Deadline.of(current.getCurrent()).inTransaction(() -> Calls.proceed(call));
    }
}
