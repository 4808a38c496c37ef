package org.townsquare.platform;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/** Says in the document, at build time, what access.csv says of each operation: by which credentials it may be called, and for which permission. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiAccess implements OASFilter {
    private static final String SESSION = "session";
    private static final String KEY = "apiKey";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() != null)
            document.getComponents()
                    .addSecurityScheme(
                            KEY,
                            OASFactory.createSecurityScheme()
                                    .type(SecurityScheme.Type.HTTP)
                                    .scheme("bearer")
                                    .bearerFormat("opaque")
                                    .description(
                                            "An API key. It needs the operation's x-permission among its scopes."));
        Map<String, String[]> rows = rows();
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(item -> item.getOperations()
                        .values()
                        .forEach(operation -> tell(operation, rows.get(String.valueOf(operation.getOperationId())))));
    }

    /** An operation without a row gets none of it, and the test of the access matrix fails. */
    private static void tell(Operation operation, String @Nullable [] row) {
        if (row == null) return;
        List<String> credentials = List.of(row[2].split(" "));
        operation.setSecurity(credentials.stream()
                .map(it -> switch (it) {
                    case "session" -> require(SESSION);
                    case "key" -> require(KEY);
                    case "none" -> OASFactory.createSecurityRequirement();
                    default -> throw new IllegalStateException("access.csv: no credential: " + it);
                })
                .toList());
        operation.addExtension("x-permission", row[1]);
    }

    private static SecurityRequirement require(String scheme) {
        return OASFactory.createSecurityRequirement().addScheme(scheme);
    }

    private static Map<String, String[]> rows() {
        try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream("access.csv")) {
            if (in == null) throw new IllegalStateException("no access.csv");
            var rows = new HashMap<String, String[]>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> {
                        String[] row = line.split(",", -1);
                        rows.put(row[0], row);
                    });
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
