package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Stage;
import org.townsquare.town.Tables;

/** A browser sends its cookie along whoever asks: so no write of the API obeys it, but those that our own pages begin. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class CrossSiteTest {
    /** What a browser says of a request that another site began; an old one says nothing. What else it may say: {@code SignInPageTest}. */
    private static final List<Map<String, String>> ELSEWHERE =
            List.of(Map.of("Sec-Fetch-Site", "cross-site"), Map.of());

    @Test
    void no_write_of_the_api_obeys_the_cookie_for_another_site() throws Exception {
        Stage stage = Stage.open();
        var findings = new ArrayList<String>();
        int asked = 0;
        JsonNode document = new ObjectMapper()
                .readTree(Person.nobody().get("/q/openapi?format=json").asString());
        try (var db = Database.connect()) {
            Tables tables = Tables.of(db);
            Tables.endImpersonations(db);
            for (var path : document.get("paths").properties())
                for (var method : path.getValue().properties()) {
                    String id = method.getValue().path("operationId").asText();
                    if (id.isEmpty() || method.getKey().equals("get")) continue;
                    asked++;
                    Stage.Call call = stage.call(id);
                    // a clock or a follower does something meanwhile, but not each time
                    for (int i = 0; i < 3; i++) {
                        var before = tables.read(db);
                        for (var from : ELSEWHERE) {
                            Response answer = send(method.getKey(), path.getKey(), call, from);
                            if (answer.statusCode() != 403 || !"cross-site".equals(answer.path("code")))
                                findings.add(id + " " + from + ": " + answer.statusCode() + " " + answer.asString());
                        }
                        if (before.equals(tables.read(db))) break;
                        if (i == 2) findings.add(id + " changed something");
                    }
                    // the same begun by a page of ours is done: nothing else stood in the way
                    Response own = send(method.getKey(), path.getKey(), call, Map.of("Sec-Fetch-Site", "same-origin"));
                    if (own.statusCode() >= 300) findings.add(id + " of our own: " + own.statusCode() + own.asString());
                }
        }
        assertTrue(asked > 80, "only " + asked + " operations write");
        assertEquals(List.of(), findings);
    }

    private static Response send(String method, String template, Stage.Call call, Map<String, String> from) {
        String to = template;
        for (var value : call.path().entrySet()) to = to.replace("{" + value.getKey() + "}", value.getValue());
        String cookies = "townsquare=" + call.caller().token();
        var headers = new HashMap<>(call.headers());
        // a check-in is claimed by the cookie of its device, which comes along as well
        headers.merge("Cookie", cookies, (device, session) -> device + "; " + session);
        var request = Person.nobody().headers(headers).headers(from);
        if (call.body() != null) request.body(call.body().toString());
        return request.request(method.toUpperCase(Locale.ROOT), to + call.query());
    }
}
