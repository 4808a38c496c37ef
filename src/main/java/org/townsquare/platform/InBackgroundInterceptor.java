package org.townsquare.platform;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

@InBackground
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class InBackgroundInterceptor {
    private final Background background;

    InBackgroundInterceptor(Background background) {
        this.background = background;
    }

    @AroundInvoke
    Object inTurn(InvocationContext call) {
        return background.run(() -> Calls.proceed(call));
    }
}
