package org.townsquare.platform;

import io.smallrye.mutiny.Uni;
import jakarta.interceptor.InvocationContext;

/** Intercepted endpoints. */
final class Calls {
    private Calls() {}

    /** The Uni of an endpoint, which ArchitectureTest asks for; what it throws before it has one counts as its failure. */
    @SuppressWarnings("unchecked")
    static Uni<Object> proceed(InvocationContext call) {
        try {
            return (Uni<Object>) call.proceed();
        } catch (Exception e) {
            return Uni.createFrom().failure(e);
        }
    }
}
