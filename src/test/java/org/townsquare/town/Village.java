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

    /** One that strangers do not see. */
    public static Village hidden() {
        return of(Map.of("visibility", "PRIVATE"));
    }

    public String path() {
        return "/api/v1/communities/" + id;
    }

    public String pathOf(Person person) {
        return path() + "/members/" + person.id();
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

    /** The person, standing here like this, whatever way in the community has. */
    public Person enrolled(Person person, String status, String... roles) {
        return enrolled(Database::update, person, status, roles);
    }

    Person enrolled(Stage.Writes database, Person person, String status, String... roles) {
        database.update("""
                insert into member (community_id, id, version, created_at, updated_at, user_id, status, roles, joined_at, status_changed_at)
                values (?::uuid, gen_random_uuid(), 0, now(), now(), ?::uuid, ?, string_to_array(?, ','), now(), now())""", id, person.id(), status, String.join(",", roles));
        return person;
    }
    /** The token of a link that so many may use. */
    public String link(int uses) {
        return founder.sends(Map.of("maxUses", uses))
                .post(path() + "/invitations")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    /** The person, now a member by an invitation, with these roles beside CITIZEN: the way into every community. */
    public Person invites(Person person, String... roles) {
        person.sends(Map.of("token", link(1)))
                .post("/api/v1/invitation-acceptances")
                .then()
                .statusCode(201);
        if (roles.length > 0)
            founder.sends(Map.of("roles", List.of(roles)))
                    .put(pathOf(person) + "/roles")
                    .then()
                    .statusCode(200);
        return person;
    }

    /** Somebody who has asked to become a member; the community is one of REQUEST from then on. */
    public Person asking(String name) {
        founder.sends(Map.of("joinPolicy", "REQUEST"))
                .header("If-Match", "*")
                .patch(path())
                .then()
                .statusCode(200);
        Person person = Person.named(name);
        person.sends("{}").post(path() + "/members").then().statusCode(201).body("status", is("PENDING"));
        return person;
    }

    public Person suspended(Person member) {
        founder.sends(Map.of("reason", "Shouting."))
                .post(pathOf(member) + "/suspension")
                .then()
                .statusCode(200);
        return member;
    }

    public Person banned(Person member) {
        founder.sends(Map.of("reason", "Threats."))
                .post(pathOf(member) + "/ban")
                .then()
                .statusCode(200);
        return member;
    }

    public Person left(Person member) {
        member.sends().delete(pathOf(member)).then().statusCode(204);
        return member;
    }

    /** By the platform. */
    public void suspendedBy(Person root) {
        root.sends(Map.of("reason", "Spam."))
                .post(path() + "/platform-suspension")
                .then()
                .statusCode(200);
    }

    public void deleted() {
        String slug = founder.sends().get(path()).path("slug");
        founder.sends().delete(path() + "?slug=" + slug).then().statusCode(204);
    }
}
