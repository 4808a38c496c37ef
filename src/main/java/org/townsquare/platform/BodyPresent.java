package org.townsquare.platform;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** No body, or {@code null}, where one is expected. */
@Provider
class BodyPresent implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        Object body = context.proceed();
        if (body == null) throw new Problem.BadRequest("body-missing", "The request needs a JSON object as its body.");
        return body;
    }
}
