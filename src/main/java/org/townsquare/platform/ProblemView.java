package org.townsquare.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An error as every client sees it: RFC 9457, with a stable code. */
@RegisterForReflection(targets = {ProblemView.class, ProblemView.Violation.class})
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "An error (RFC 9457). The codes are explained in docs/api.md.")
public record ProblemView(
        @Schema(description = "A URN that ends in the code.", examples = "urn:townsquare:problem:not-found")
        String type,

        @Schema(description = "The code in words.", examples = "Not found")
        String title,

        @Schema(examples = "404") int status,

        @Schema(description = "What happened and what helps, where there is more to say.") @Nullable
        String detail,

        @Schema(description = "The path of the request.", examples = "/api/v1/me")
        String instance,

        @Schema(description = "The stable slug to switch on.", examples = "not-found")
        String code,

        @Schema(description = "Whether the same request may be sent again without a change, and succeed.")
        boolean retryable,

        @Schema(description = "Name this to the operator.", examples = "4bf92f3577b34da6a3ce929d0e0e4736")
        String traceId,

        @Schema(description = "The fields that were refused.") @Nullable
        List<Violation> violations) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** One field that was refused, by its path in the request. */
    public record Violation(String field, String message) {}

    static ProblemView of(
            int status,
            String code,
            @Nullable String detail,
            String instance,
            String traceId,
            @Nullable List<Violation> violations) {
        return of(status, code, detail, instance, traceId, violations, isRetryable(status, code));
    }

    private static boolean isRetryable(int status, String code) {
        return status == 503 || status == 429 || status == 408 || code.equals("idempotency-running");
    }

    static ProblemView of(
            int status,
            String code,
            @Nullable String detail,
            String instance,
            String traceId,
            @Nullable List<Violation> violations,
            boolean retryable) {
        String title = Character.toUpperCase(code.charAt(0)) + code.substring(1).replace('-', ' ');
        return new ProblemView(
                "urn:townsquare:problem:" + code,
                title,
                status,
                detail,
                instance,
                code,
                retryable,
                traceId,
                violations);
    }

    /** The code of an error that HTTP itself knows. */
    static String codeOf(int status) {
        return switch (status) {
            case 400 -> "bad-request";
            case 401 -> "credentials-invalid";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 408 -> "request-timeout";
            case 413 -> "body-too-large";
            case 414 -> "address-too-long";
            case 415 -> "media-type-unsupported";
            case 503 -> "busy";
            default -> status >= 500 ? "defect" : "http-" + status;
        };
    }
}
