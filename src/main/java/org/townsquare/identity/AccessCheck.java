package org.townsquare.identity;

import io.quarkus.arc.ArcInvocationContext;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Objects;

/** Limits keys and impersonators to what they are for, before anything is read or locked. */
@Access(Permission.ACCOUNT_OPEN)
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class AccessCheck {
    private final Caller caller;

    AccessCheck(Caller caller) {
        this.caller = caller;
    }

    @AroundInvoke
    Object check(InvocationContext endpoint) throws Exception {
        Access access = Objects.requireNonNull(
                ((ArcInvocationContext) endpoint).findIterceptorBinding(Access.class),
                "an endpoint without its permission");
        caller.requireLimits(access.value());
        return endpoint.proceed();
    }
}
