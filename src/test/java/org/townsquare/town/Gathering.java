package org.townsquare.town;

import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** An event in a village, as a test needs it: it begins now and everybody may check in. */
public record Gathering(Village village, String groupId, String id, String code) {
    public static Gathering open() {
        return in(Village.open(), Map.of());
    }

    public static Gathering of(Map<String, ?> more) {
        return in(Village.open(), more);
    }

    public static Gathering in(Village village, Map<String, ?> more) {
        String group = group(village);
        var event = schedule(village.founder(), group, more).statusCode(201).extract();
        return new Gathering(village, group, event.path("id"), event.path("codeText"));
    }

    public static String group(Village village) {
        return village.founder()
                .sends(Map.of("name", "Assemblies"))
                .post(village.path() + "/event-groups")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static ValidatableResponse schedule(Person by, String groupId, Map<String, ?> more) {
        var body = new HashMap<String, Object>(
                Map.of("title", "Assembly", "startTime", Instant.now().toString(), "durationMinutes", 60));
        body.putAll(more);
        return by.sends(body)
                .post("/api/v1/event-groups/" + groupId + "/events")
                .then();
    }

    public Person host() {
        return village.founder();
    }

    public String path() {
        return "/api/v1/events/" + id;
    }

    public ValidatableResponse checkIn(Person person) {
        return person.sends(Map.of("code", code)).post("/api/v1/check-ins").then();
    }

    public ValidatableResponse checkInAnonymously() {
        return Person.nobody()
                .body(Map.of("code", code))
                .post("/api/v1/check-ins")
                .then();
    }

    public ValidatableResponse act(String noun, Map<String, ?> body) {
        return host().sends(body).post(path() + "/" + noun).then();
    }
}
