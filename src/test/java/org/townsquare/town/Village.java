package org.townsquare.town;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;

/** A community with its founder, as a test needs it. */
public record Village(String id, Person founder) {
    public static Village open() {
        return of(Map.of());
    }

    public static Village of(Map<String, ?> more) {
        Person founder = Person.named("Ada");
        var body = new java.util.HashMap<String, Object>(Map.of("name", "Oak", "slug", "v-" + Person.unique()));
        body.putAll(more);
        String id = founder.sends(body)
                .post("/api/v1/communities")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new Village(id, founder);
    }

    public String path() {
        return "/api/v1/communities/" + id;
    }

    /** A new member with these roles beside CITIZEN. */
    public Person member(String name, String... roles) {
        return joinedBy(Person.named(name), roles);
    }

    /** The person, now a member with these roles beside CITIZEN. */
    public Person joinedBy(Person person, String... roles) {
        person.sends("{}").post(path() + "/members").then().statusCode(anyOf(is(201), is(200)));
        if (roles.length > 0)
            founder.sends(Map.of("roles", List.of(roles)))
                    .put(path() + "/members/" + person.id() + "/roles")
                    .then()
                    .statusCode(200);
        return person;
    }
}
