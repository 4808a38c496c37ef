package org.townsquare.platform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hibernate.JDBCException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.ProblemView.Violation;

/** Every error that a resource can end in, as RFC 9457. What arises outside of them is answered by {@link ProblemRoutes}. */
@Singleton
class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    /** SQLSTATE: a lock was not got within lock_timeout, a statement ran past statement_timeout. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String QUERY_CANCELED = "57014";

    /** SQLSTATE: a transaction ran past transaction_timeout, and was rolled back with its connection. */
    private static final String TRANSACTION_TIMEOUT = "25P04";

    /** Of a field, as the caller named it: a refusal may be kept. */
    private static final int LONGEST_PATH = 200;

    private final CurrentVertxRequest current;
    private final FieldWords words;
    private final DatabaseState database;
    private final Map<String, Problem> constraints = new HashMap<>();

    ProblemMapper(
            CurrentVertxRequest current,
            FieldWords words,
            DatabaseState database,
            @All List<ConstraintProblems> features) {
        this.current = current;
        this.words = words;
        this.database = database;
        for (ConstraintProblems feature : features) constraints.putAll(feature.byConstraint());
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> ours(Problem problem) {
        var answer = answer(problem.status, problem.code, problem.getMessage(), null);
        // the framework may have said so already
        if (problem.status == 401 && !current.getCurrent().response().headers().contains("WWW-Authenticate"))
            answer.header("WWW-Authenticate", "Bearer");
        long wait = problem.retryAfter();
        if (wait > 0) answer.header("Retry-After", wait);
        return answer.build();
    }

    /** The answer to a repeat of what was refused before. */
    RestResponse<?> answer(RuntimeException repeat) {
        return repeat instanceof KeptAnswer.Again again ? again(again) : ours((Problem) repeat);
    }

    @ServerExceptionMapper
    RestResponse<String> again(KeptAnswer.Again repeat) {
        var answer = RestResponse.ResponseBuilder.<String>create(repeat.answer.status())
                .entity(repeat.answer.body())
                .header("Idempotency-Replayed", "true");
        repeat.answer.headers().forEach((name, values) -> values.forEach(value -> answer.header(name, value)));
        if (repeat.answer.body() != null) answer.type(MediaType.valueOf(repeat.answer.contentType()));
        return answer.build();
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> invalid(ConstraintViolationException e) {
        var violations = e.getConstraintViolations().stream()
                .map(v -> new Violation(field(v.getPropertyPath()), words.of(v, Locale.ENGLISH)))
                .sorted(java.util.Comparator.comparing(Violation::field))
                .toList();
        return answer(422, "invalid", "Some fields are not acceptable.", violations)
                .build();
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> mismatched(MismatchedInputException e) {
        if (e instanceof UnrecognizedPropertyException)
            return answer(422, "field-unknown", null, List.of(new Violation(path(e), "is no field of this request")))
                    .build();
        return answer(400, "json-malformed", null, List.of(new Violation(path(e), "has a value of the wrong type")))
                .build();
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> http(WebApplicationException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause())
            if (cause instanceof Problem problem) return ours(problem);
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof MismatchedInputException mismatched) return mismatched(mismatched);
            if (cause instanceof JacksonException)
                return answer(400, "json-malformed", "The body is not JSON.", null)
                        .build();
        }
        int status = e.getResponse().getStatus();
        if (status >= 500) return defect(e);
        if (status == 404 || status == 405) {
            // for most paths with parameters Quarkus REST takes a method that they do not know for a path that it does
            // not know
            var allowed = Allowed.on(CurrentRequestManager.get());
            if (!allowed.isEmpty()
                    && !allowed.contains(current.getCurrent().request().method().name()))
                return answer(405, ProblemView.codeOf(405), null, null)
                        .header("Allow", String.join(", ", allowed))
                        .build();
        }
        return answer(status, ProblemView.codeOf(status), null, null).build();
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> unknown(AuthenticationFailedException e) {
        return ours(new Problem.Unauthorized("credentials-invalid", "The credentials are unknown or ended."));
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> anonymous(UnauthorizedException e) {
        return ours(new Problem.Unauthorized("sign-in-required", "Sign in to do this."));
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> forbidden(ForbiddenException e) {
        return ours(new Problem.Forbidden("forbidden", null));
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> constraint(org.hibernate.exception.ConstraintViolationException e) {
        return constraint(e.getConstraintName(), e);
    }

    /** Everything else that the database refuses to a session: Hibernate keeps the SQLSTATE. */
    @ServerExceptionMapper
    RestResponse<ProblemView> refused(JDBCException e) {
        String state = String.valueOf(e.getSQLState());
        if (isBusy(state)) return ours(new Problem.Busy());
        if (state.equals(TRANSACTION_TIMEOUT)) return ours(Deadline.exceeded());
        if (Outage.isOfTheServer(state)) return unavailable(e);
        return defect(e);
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> constraint(PgException e) {
        String state = String.valueOf(e.getSqlState());
        if (state.startsWith("22")) return unacceptable();
        if (isBusy(state)) return ours(new Problem.Busy());
        if (state.equals(TRANSACTION_TIMEOUT)) return ours(Deadline.exceeded());
        if (Outage.isOfTheServer(state)) return unavailable(e);
        return constraint(e.getConstraint(), e);
    }

    /** Class 22: text or numbers that the database cannot hold. A net below the checks of the edge. */
    @ServerExceptionMapper
    RestResponse<ProblemView> data(org.hibernate.exception.DataException e) {
        return unacceptable();
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> stale(OptimisticLockException e) {
        return ours(
                new Problem.Conflict("changed-meanwhile", "Somebody changed it at the same moment: read it again."));
    }

    @ServerExceptionMapper
    RestResponse<ProblemView> defect(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) return ours(problem);
            if (cause instanceof PgException refused && cause != e) return constraint(refused);
            // the exceptions of Jakarta Persistence have it as their cause
            if (cause instanceof JDBCException refused && cause != e) return refused(refused);
            if (Outage.isOfTheQueue(cause)) return ours(waitedInVain());
            if (Outage.isOfTheConnection(cause)) return unavailable(e);
        }
        String trace = trace();
        LOG.errorf(e, "defect, trace %s", trace);
        return answer(500, "defect", "A defect of ours. It was logged with the trace id.", null)
                .build();
    }

    /** What it asked to do it had no time for, or had to give way to others too often. */
    private static boolean isBusy(String state) {
        return state.equals(LOCK_NOT_AVAILABLE) || state.equals(QUERY_CANCELED) || Outage.isOfTheRace(state);
    }

    private RestResponse<ProblemView> unacceptable() {
        return ours(new Problem.BadRequest("value-unacceptable", "A value cannot be stored as it is."));
    }

    private Problem waitedInVain() {
        return database.isAway() ? DatabaseState.unavailable() : new Problem.Busy();
    }

    private RestResponse<ProblemView> unavailable(Throwable e) {
        if (current.getCurrent().response().closed()) LOG.debugf(e, "the caller hung up, trace %s", trace());
        else LOG.warnf("database unavailable, trace %s: %s", trace(), e.toString());
        boolean inDoubt = Outage.leavesDoubt(e) && OncePerKeyInterceptor.hasBegunWithoutKey(current.getCurrent());
        if (!inDoubt) return ours(DatabaseState.unavailable());
        var view = ProblemView.of(
                503,
                "database-unavailable",
                "The database was lost on the way: it may have been done. With an Idempotency-Key it could be repeated.",
                current.getCurrent().request().path(),
                trace(),
                null,
                false);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.SERVICE_UNAVAILABLE, view)
                .type(MediaType.valueOf(ProblemView.MEDIA_TYPE))
                .build();
    }

    private RestResponse<ProblemView> constraint(@Nullable String name, Throwable e) {
        Problem problem = name == null ? null : constraints.get(name);
        if (problem != null) return ours(problem);
        LOG.errorf(e, "defect, trace %s", trace());
        return answer(500, "defect", "A defect of ours. It was logged with the trace id.", null)
                .build();
    }

    private RestResponse.ResponseBuilder<ProblemView> answer(
            int status, String code, @Nullable String detail, @Nullable List<Violation> violations) {
        return RestResponse.ResponseBuilder.<ProblemView>create(status)
                .entity(ProblemView.of(
                        status, code, detail, current.getCurrent().request().path(), trace(), violations))
                .type(MediaType.valueOf(ProblemView.MEDIA_TYPE));
    }

    private String trace() {
        return Trace.of(current.getCurrent());
    }

    /** The path below the request record: the first two nodes are the method and its parameter. */
    private static String field(Path path) {
        var names = new java.util.ArrayList<String>();
        for (Path.Node node : path) names.add(node.getIndex() == null ? node.getName() : "[" + node.getIndex() + "]");
        return String.join(".", names.subList(Math.min(2, names.size() - 1), names.size()));
    }

    private static String path(JsonMappingException e) {
        String path = String.join(
                ".",
                e.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .toList());
        return path.codePointCount(0, path.length()) <= LONGEST_PATH
                ? path
                : path.substring(0, path.offsetByCodePoints(0, LONGEST_PATH));
    }
}
