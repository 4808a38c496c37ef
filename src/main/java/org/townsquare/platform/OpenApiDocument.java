package org.townsquare.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Completes the document at build time with what is the same for many operations: problems, credentials, examples. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiDocument implements OASFilter {
    private static final String JSON = "application/json";
    private static final Map<Integer, String> PROBLEMS = Map.ofEntries(
            Map.entry(400, "The request is not understood"),
            Map.entry(401, "No or invalid credentials"),
            Map.entry(403, "You may see it, but not do this"),
            Map.entry(404, "It does not exist, or you may not see it"),
            Map.entry(406, "Nothing here is acceptable to you"),
            Map.entry(408, "The body did not arrive in time"),
            Map.entry(409, "The state refuses, or a unique name is taken"),
            Map.entry(410, "It existed and is over for good"),
            Map.entry(412, "It changed since you read it"),
            Map.entry(413, "The body is too large"),
            Map.entry(415, "The body is not JSON"),
            Map.entry(422, "Well formed, but not acceptable"),
            Map.entry(428, "The header If-Match is missing"),
            Map.entry(429, "Too often: try again later"),
            Map.entry(500, "A defect of ours"),
            Map.entry(503, "Busy or shutting down: try again"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        JsonNode examples = examples();
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith("/api/"))
                item.getOperations().forEach((method, operation) -> complete(path, method, operation, examples));
        });
        for (String page : List.copyOf(document.getPaths().getPathItems().keySet()))
            if (!page.startsWith("/api/")) document.getPaths().removePathItem(page);
    }

    private static void complete(String path, PathItem.HttpMethod method, Operation operation, JsonNode examples) {
        for (String known :
                List.copyOf(operation.getResponses().getAPIResponses().keySet()))
            if (known.startsWith("4")) problem(operation, Integer.parseInt(known));
        boolean writes = method != PathItem.HttpMethod.GET;
        boolean body = operation.getRequestBody() != null;
        problem(operation, 401);
        problem(operation, 406);
        problem(operation, 500);
        problem(operation, 503);
        if (path.contains("{")) problem(operation, 404);
        if (body || hasQuery(operation)) problem(operation, 400);
        if (writes) {
            problem(operation, 403);
            problem(operation, 409);
        }
        if (method == PathItem.HttpMethod.PATCH) {
            problem(operation, 412);
            problem(operation, 428);
        }
        if (body) {
            problem(operation, 408);
            problem(operation, 413);
            problem(operation, 415);
            problem(operation, 422);
            operation.getRequestBody().setRequired(true);
        }
        if (method == PathItem.HttpMethod.GET) {
            operation.addParameter(condition());
            operation
                    .getResponses()
                    .addAPIResponse("304", OASFactory.createAPIResponse().description("You have it already"));
        }
        if (method == PathItem.HttpMethod.POST) {
            problem(operation, 422);
            operation.addParameter(key());
        }
        example(operation, examples.path(String.valueOf(operation.getOperationId())));
    }

    private static Parameter condition() {
        return OASFactory.createParameter()
                .name("If-None-Match")
                .in(Parameter.In.HEADER)
                .description("The `ETag` of what you have.")
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
    }

    private static Parameter key() {
        return OASFactory.createParameter()
                .name(KeyedRequest.HEADER)
                .in(Parameter.In.HEADER)
                .description(
                        "A UUID of your own. The same request again with it is not done again: it gets the first answer, with `Idempotency-Replayed: true`, for 24 hours.")
                .schema(OASFactory.createSchema()
                        .addType(Schema.SchemaType.STRING)
                        .format("uuid"));
    }

    private static boolean hasQuery(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(it -> it.getIn() == Parameter.In.QUERY);
    }

    private static void problem(Operation operation, int status) {
        var known = operation.getResponses().getAPIResponse(String.valueOf(status));
        if (known != null && known.getContent() != null) return;
        var content = OASFactory.createContent()
                .addMediaType(
                        ProblemView.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
        operation
                .getResponses()
                .addAPIResponse(
                        String.valueOf(status),
                        OASFactory.createAPIResponse()
                                .description(PROBLEMS.get(status))
                                .content(content));
    }

    /** One example of the request, and one of each answer that shows something. */
    private static void example(Operation operation, JsonNode example) {
        if (operation.getRequestBody() != null) put(operation.getRequestBody().getContent(), example.get("request"));
        operation.getResponses().getAPIResponses().forEach((status, answer) -> {
            if (status.startsWith("2")) put(answer.getContent(), example.get("answer"));
        });
    }

    private static void put(@Nullable Content content, @Nullable JsonNode example) {
        MediaType json = content == null ? null : content.getMediaType(JSON);
        if (json != null && example != null) json.setExample(new ObjectMapper().convertValue(example, Object.class));
    }

    private static JsonNode examples() {
        try (var in = Thread.currentThread()
                .getContextClassLoader()
                .getResourceAsStream("org/townsquare/platform/openapi-examples.json")) {
            if (in == null) throw new IllegalStateException("no openapi-examples.json");
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
