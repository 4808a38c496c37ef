package org.townsquare.platform;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** A body where one is expected, and JSON: every other reader that the framework has would make of it what it can. */
@Provider
class BodyPresent implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (!isJson(context.getMediaType())) throw new NotSupportedException();
        Object body = context.proceed();
        if (body == null) throw new Problem.BadRequest("body-missing", "The request needs a JSON object as its body.");
        return body;
    }

    private static boolean isJson(MediaType type) {
        return type.getType().equals("application")
                && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
    }
}
