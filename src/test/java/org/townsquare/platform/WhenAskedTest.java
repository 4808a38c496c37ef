package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Vertx;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhenAskedTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> done = new ArrayList<>();
    private final WhenAskedInterceptor interceptor = new WhenAskedInterceptor(vertx);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void the_document_is_prepared_when_it_is_asked_for_and_once() throws Exception {
        assertNull(interceptor.invoke(call("prepareDocument")));
        assertEquals(List.of(), done);
        assertEquals("getDocument", interceptor.invoke(call("getDocument")));
        assertEquals("getDocument", interceptor.invoke(call("getDocument")));
        assertEquals(List.of("prepareDocument", "getDocument", "getDocument"), done);
    }

    /** A call that notes when it goes on. */
    private InvocationContext call(String name) {
        return (InvocationContext) Proxy.newProxyInstance(
                InvocationContext.class.getClassLoader(),
                new Class<?>[] {InvocationContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getMethod")) return Documents.class.getDeclaredMethod(name);
                    done.add(name);
                    return name;
                });
    }

    /** As Quarkus names its own. */
    interface Documents {
        void prepareDocument();

        void getDocument();
    }
}
