package org.townsquare.platform;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Stands inside the transaction and around all that is done in it: a request that was refused at its deadline does not commit. */
@WithTransaction
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 250)
class DeadlineBeforeCommit {
    private final CurrentVertxRequest current;

    DeadlineBeforeCommit(CurrentVertxRequest current) {
        this.current = current;
    }

    @AroundInvoke
    Object decide(InvocationContext call) {
        Deadline deadline = Deadline.of(current.getCurrent());
        return Calls.proceed(call).invoke(deadline::commit);
    }
}
