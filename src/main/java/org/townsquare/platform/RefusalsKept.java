package org.townsquare.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a request with an {@code Idempotency-Key} was refused for, before it is told. Where another with its key was carried out meanwhile, and so was
 * the reason of the refusal (a token is spent, a right given away), that one's answer is told.
 */
@Provider
class RefusalsKept implements ResteasyReactiveContainerResponseFilter {
    private static final Logger LOG = Logger.getLogger(RefusalsKept.class);

    /** About the key itself, not the request. */
    private static final Set<String> ABOUT_THE_KEY =
            Set.of("idempotency-running", "idempotency-mismatch", "secret-shown-once");

    private final CurrentVertxRequest current;
    private final KeyedRequests keyed;
    private final Repeats repeats;
    private final ObjectMapper json;
    private final ProblemMapper mapper;

    RefusalsKept(
            CurrentVertxRequest current,
            KeyedRequests keyed,
            Repeats repeats,
            ObjectMapper json,
            ProblemMapper mapper) {
        this.current = current;
        this.keyed = keyed;
        this.repeats = repeats;
        this.json = json;
        this.mapper = mapper;
    }

    @Override
    @SuppressWarnings("CheckReturnValue") // the request is not cancelled, so neither is this
    public void filter(ResteasyReactiveContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof ProblemView problem) || ABOUT_THE_KEY.contains(problem.code())) return;
        Uni<@Nullable RuntimeException> earlier = earlier(problem);
        if (earlier == null) return;
        request.suspend();
        earlier.invoke(answer -> {
                    if (answer != null) answer(response, mapper.answer(answer));
                })
                .onFailure()
                // nothing was changed, so it may be judged anew
                .invoke(e -> LOG.warnf("a refusal was not kept: %s", e.toString()))
                .subscribe()
                .with(done -> request.resume(), e -> request.resume());
    }

    /** What was answered meanwhile. Null where it need not be looked for. */
    private @Nullable Uni<@Nullable RuntimeException> earlier(ProblemView problem) {
        if (problem.status() == 409 || problem.status() == 422) {
            KeyedRequest known = known();
            return known == null
                    ? null
                    : repeats.refused(known, new KeptAnswer(problem.status(), Map.of(), text(problem)));
        }
        KeyedRequest known = KeyedRequest.rememberedIn(current.getCurrent());
        return known == null || problem.status() >= 500 ? null : repeats.answered(known);
    }

    private static void answer(ContainerResponseContext response, RestResponse<?> instead) {
        response.setStatus(instead.getStatus());
        response.getHeaders().clear();
        response.getHeaders().putAll(instead.getHeaders());
        response.setEntity(instead.getEntity());
    }

    /** Null where there is no key. A body that is refused never reaches the endpoint that would have made its key known. */
    private @Nullable KeyedRequest known() {
        RoutingContext request = current.getCurrent();
        KeyedRequest known = KeyedRequest.rememberedIn(request);
        if (known != null) return known;
        boolean refusedEarly = request.request().method().equals(HttpMethod.POST)
                && request.request().path().startsWith("/api/v1/")
                && KeyedRequest.isWellKeyed(request.request());
        return refusedEarly ? keyed.current(false) : null;
    }

    private String text(ProblemView problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem that cannot be written", e);
        }
    }
}
