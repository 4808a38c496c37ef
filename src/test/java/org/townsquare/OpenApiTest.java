package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Document;
import org.townsquare.town.Person;

/** docs/openapi.yaml is what the running service answers, and says what a client needs to know. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class OpenApiTest {
    @Test
    void the_document_in_docs_is_that_of_the_service() throws Exception {
        String served = Person.nobody()
                .accept("application/yaml")
                .get("/q/openapi?format=yaml")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        new Document("openapi.yaml").equal(served);
    }

    @Test
    void every_operation_has_a_name_a_tag_a_summary_its_problems_and_an_example() throws Exception {
        JsonNode document = new ObjectMapper()
                .readTree(Person.nobody().get("/q/openapi?format=json").asString());
        assertTrue(document.get("openapi").asText().startsWith("3.1"));
        var names = new HashSet<String>();
        var missing = new ArrayList<String>();
        for (var path : document.get("paths").properties())
            for (var method : path.getValue().properties()) {
                if (!method.getValue().has("responses")) continue;
                JsonNode operation = method.getValue();
                String what = method.getKey() + " " + path.getKey();
                if (!names.add(operation.path("operationId").asText("")) || !operation.has("operationId"))
                    missing.add(what + ": operationId");
                if (operation.path("tags").size() != 1) missing.add(what + ": tag");
                if (!operation.has("summary")) missing.add(what + ": summary");
                for (String problem : List.of("401", "500", "503"))
                    if (!operation.get("responses").has(problem)) missing.add(what + ": " + problem);
                if (operation.has("requestBody") && !hasExample(operation.get("requestBody")))
                    missing.add(what + ": example of the request");
                for (var response : operation.get("responses").properties())
                    if (response.getKey().startsWith("2") && !hasExample(response.getValue()))
                        missing.add(what + ": example of the answer " + response.getKey());
                for (var response : operation.get("responses").properties())
                    if (!List.of("204", "304").contains(response.getKey())
                            && !response.getValue().has("content"))
                        missing.add(what + ": what " + response.getKey() + " shows");
            }
        assertEquals(List.of(), missing);
    }

    @Test
    void a_method_that_a_path_does_not_know_is_refused_with_those_that_it_knows() throws Exception {
        JsonNode paths = new ObjectMapper()
                .readTree(Person.nobody().get("/q/openapi?format=json").asString())
                .get("paths");
        Person ada = Person.named("Ada");
        var wrong = new ArrayList<String>();
        for (var path : paths.properties()) {
            String url = path.getKey().replaceAll("\\{[^}]+}", "0198f6a0-0000-7000-8000-000000000000");
            var known = new java.util.TreeSet<String>();
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE"))
                if (path.getValue().has(method.toLowerCase(java.util.Locale.ROOT))) known.add(method);
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                if (known.contains(method)) continue;
                var answer = ada.sends().request(method, url);
                String allow = String.valueOf(answer.header("Allow"));
                if (answer.statusCode() != 405
                        || !List.of(allow.split(", ")).containsAll(known)
                        || List.of(allow.split(", ")).contains(method))
                    wrong.add(method + " " + url + ": " + answer.statusCode() + " " + allow);
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Of every JSON content; what has none, or another, needs none. */
    private static boolean hasExample(JsonNode bodied) {
        JsonNode json = bodied.path("content").path("application/json");
        return json.isMissingNode() || json.has("example") || json.has("examples");
    }
}
