package org.townsquare.communities;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class CommunitiesTest {
    private static final String NOTHING = "/api/v1/communities/0198f6a0-0000-7000-8000-00000000dead";

    @Inject
    Purge purge;

    private static List<String> kinds(Village village) {
        return Database.texts(
                "select kind from journal_entry where community_id = ?::uuid and subject_type = 'community' order by id",
                village.id());
    }

    @Test
    void communities_are_found_by_a_part_of_their_name_and_by_market() {
        String word = "Q" + Person.unique();
        Village oak = Village.of(Map.of("name", "The 100% " + word + " Oak"));
        Village elm = Village.of(Map.of("name", word + " Elm"));
        Village ash = Village.of(Map.of("name", word + " Ash", "visibility", "PRIVATE"));
        var first = Person.nobody()
                .queryParam("name", word.toLowerCase(java.util.Locale.ROOT))
                .queryParam("limit", 1)
                .get("/api/v1/communities")
                .then()
                .statusCode(200)
                .body("items.id", contains(elm.id()))
                .body("items.market", contains("default"))
                .body("items.myStatus", contains("NONE"))
                .extract();
        Person.nobody()
                .queryParam("name", word)
                .queryParam("cursor", first.<String>path("next"))
                .get("/api/v1/communities")
                .then()
                .body("items.id", contains(oak.id()));
        Person.nobody()
                .queryParam("name", "0% " + word + " o")
                .get("/api/v1/communities")
                .then()
                .body("items.id", contains(oak.id()));
        ash.founder()
                .sends()
                .queryParam("name", word)
                .queryParam("market", "default")
                .get("/api/v1/communities")
                .then()
                .body("items.id", contains(ash.id(), elm.id(), oak.id()))
                .body("items.myStatus", contains("ACTIVE", "NONE", "NONE"));
        Person.root()
                .sends()
                .queryParam("name", word)
                .get("/api/v1/communities")
                .then()
                .body("items.id", hasItem(ash.id()));
        Person.nobody()
                .get("/api/v1/communities?market=mars")
                .then()
                .statusCode(400)
                .body("code", is("parameter-invalid"));
        Person.nobody()
                .queryParam("name", "x".repeat(121))
                .get("/api/v1/communities")
                .then()
                .statusCode(400)
                .body("code", is("parameter-invalid"));
        Person.nobody()
                .urlEncodingEnabled(false)
                .get("/api/v1/communities?name=%00")
                .then()
                .statusCode(400)
                .body("code", is("text-invalid"));
    }

    @Test
    void an_admin_changes_what_the_community_says_of_itself_on_the_version_that_was_read() {
        Village village = Village.of(Map.of("description", "A village.", "metadata", Map.of("a", 1)));
        Person ada = village.founder();
        Response read = ada.sends().get(village.path());
        read.then().body("can.edit", is(true)).body("can.join", is(false)).body("myStatus", is("ACTIVE"));
        String slug = "s-" + Person.unique();
        ada.sends(Map.of("name", "Elm")).patch(village.path()).then().statusCode(428);
        var changed = ada.sends(Map.of(
                        "name",
                        " Elm ",
                        "slug",
                        slug,
                        "description",
                        "",
                        "metadata",
                        Map.of("b", List.of(2)),
                        "joinPolicy",
                        "INVITE"))
                .header("If-Match", read.header("ETag"))
                .patch(village.path())
                .then()
                .statusCode(200)
                .body("name", is("Elm"))
                .body("slug", is(slug))
                .body("description", nullValue())
                .body("metadata", is(Map.of("b", List.of(2))))
                .body("visibility", is("PUBLIC"))
                .body("joinPolicy", is("INVITE"))
                .extract();
        ada.sends(Map.of("name", "Oak"))
                .header("If-Match", read.header("ETag"))
                .patch(village.path())
                .then()
                .statusCode(412);
        ada.sends(Map.of("name", "Elm"))
                .header("If-Match", changed.header("ETag"))
                .patch(village.path())
                .then()
                .statusCode(200);
        assertEquals(List.of("CommunityFounded", "CommunityChanged"), kinds(village));
        ada.sends()
                .get(village.path() + "/audit-log?limit=1")
                .then()
                .body("items[0].fact.fields", contains("NAME", "SLUG", "DESCRIPTION", "METADATA", "JOIN_POLICY"));
        Village other = Village.open();
        other.founder()
                .sends(Map.of("slug", slug))
                .header("If-Match", "*")
                .patch(other.path())
                .then()
                .statusCode(409)
                .body("code", is("slug-taken"));
        ada.sends(Map.of("metadata", Map.of("a", "x".repeat(17_000))))
                .header("If-Match", "*")
                .patch(village.path())
                .then()
                .statusCode(422)
                .body("code", is("metadata-too-large"));
        Person bob = other.member("Bob", "COUNCIL");
        bob.sends(Map.of("name", "Mine"))
                .header("If-Match", "*")
                .patch(other.path())
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
    }

    @Test
    void a_permission_is_narrowed_to_fewer_roles_and_never_widened() {
        Village village = Village.open();
        Person ada = village.founder();
        Person bob = village.member("Bob");
        Person cem = village.member("Cem", "COUNCIL");
        village.founder()
                .sends()
                .get(village.path() + "/settings")
                .then()
                .statusCode(200)
                .body("auditReaders", is("MEMBERS"))
                .body("narrow", is(Map.of()));
        ada.sends(Map.of("narrow", Map.of("proposal:draft", List.of("COUNCIL"))))
                .put(village.path() + "/settings")
                .then()
                .statusCode(200)
                .body("narrow.'proposal:draft'", contains("COUNCIL"));
        var draft = Map.of("title", "A bench", "description", "There.");
        bob.sends(draft)
                .post(village.path() + "/proposals")
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
        cem.sends(draft).post(village.path() + "/proposals").then().statusCode(201);
        bob.sends()
                .get(village.path() + "/settings")
                .then()
                .statusCode(200)
                .body("narrow.'proposal:draft'", contains("COUNCIL"));
        for (var refused : List.of(
                Map.of("vote:cast", List.of("COUNCIL")),
                Map.of("proposal:draft", List.of()),
                Map.of("member:invite", List.of("CITIZEN")),
                Map.of("no:such", List.of("COUNCIL"))))
            ada.sends(Map.of("narrow", refused))
                    .put(village.path() + "/settings")
                    .then()
                    .statusCode(422)
                    .body("code", is("narrow-not-allowed"));
        ada.sends(Map.of("theme", "dark"))
                .put(village.path() + "/settings")
                .then()
                .statusCode(422)
                .body("code", is("field-unknown"));
        ada.sends(Map.of())
                .put(village.path() + "/settings")
                .then()
                .statusCode(200)
                .body("narrow", is(Map.of()));
        ada.sends(Map.of()).put(village.path() + "/settings").then().statusCode(200);
        bob.sends(draft).post(village.path() + "/proposals").then().statusCode(201);
        assertEquals(List.of("CommunityFounded", "SettingsChanged", "SettingsChanged"), kinds(village));
        cem.sends(Map.of()).put(village.path() + "/settings").then().statusCode(403);
        Person.named("Eve")
                .sends()
                .get(village.path() + "/settings")
                .then()
                .statusCode(403)
                .body("code", is("members-only"));
    }

    @Test
    void who_reads_the_log_is_for_the_community_to_say() {
        Village village = Village.open();
        Person ada = village.founder();
        Person bob = village.member("Bob");
        Person cem = village.member("Cem", "COUNCIL");
        Person eve = Person.named("Eve");
        String log = village.path() + "/audit-log";
        bob.sends().get(log).then().statusCode(200);
        ada.sends(Map.of("auditReaders", "COUNCIL"))
                .put(village.path() + "/settings")
                .then()
                .statusCode(200);
        bob.sends().get(log).then().statusCode(403).body("code", is("not-allowed"));
        for (Person reader : List.of(ada, cem, Person.root()))
            reader.sends().get(log).then().statusCode(200);
        eve.sends().get(log).then().statusCode(403).body("code", is("members-only"));
        Person.nobody().get(log).then().statusCode(401);
        ada.sends(Map.of("auditReaders", "PUBLIC"))
                .put(village.path() + "/settings")
                .then()
                .statusCode(200);
        for (var strangers : List.of(eve.sends(), Person.nobody()))
            strangers
                    .get(log)
                    .then()
                    .statusCode(200)
                    .body("items.kind", hasItem("RolesChanged"))
                    .body("items.kind", not(hasItem("MemberJoined")))
                    .body("items.findAll { it.actor }", empty());
        bob.sends().get(log).then().body("items.kind", hasItem("MemberJoined"));
    }

    @Test
    void the_platform_reads_a_private_community_and_its_members_and_nothing_more() {
        Village village = Village.hidden();
        Person root = Person.root();
        village.invites(Person.named("Bob"));
        root.sends().get(village.path()).then().statusCode(200).body("myStatus", is("NONE"));
        root.sends().get(village.path() + "/settings").then().statusCode(200);
        root.sends()
                .get(village.path() + "/members")
                .then()
                .statusCode(200)
                .body("items.name", containsInAnyOrder("Ada", "Bob"));
        root.sends().get(village.pathOf(village.founder())).then().statusCode(200);
        root.sends().get(village.path() + "/members?status=LEFT").then().statusCode(403);
        root.sends()
                .get(village.path() + "/audit-log")
                .then()
                .statusCode(200)
                .body("items.kind", hasItem("CommunityFounded"))
                .body("items.kind", not(hasItem("MemberJoined")));
        for (String inside : List.of("/proposals", "/event-groups", "/decision-rules", "/invitations"))
            root.sends().get(village.path() + inside).then().statusCode(404);
        root.sends(Map.of("name", "Mine"))
                .header("If-Match", "*")
                .patch(village.path())
                .then()
                .statusCode(404);
        root.sends("{}").post(village.path() + "/members").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/members", "/settings", "/audit-log", "/invitations", "/proposals", "/event-groups"})
    void what_a_stranger_may_not_see_answers_as_what_does_not_exist(String inside) {
        Village hidden = Village.hidden();
        Village gone = Village.open();
        gone.deleted();
        Village frozen = Village.open();
        frozen.suspendedBy(Person.root());
        Person eve = Person.named("Eve");
        var missing = shape(eve.sends().get(NOTHING + inside));
        assertEquals(404, missing.get("status"));
        for (Village village : List.of(hidden, gone, frozen))
            assertEquals(missing, shape(eve.sends().get(village.path() + inside)), inside);
        assertEquals(missing, shape(gone.founder().sends().get(gone.path() + inside)), inside);
    }

    private static Map<String, Object> shape(Response answer) {
        Map<String, Object> shape = answer.jsonPath().getMap("");
        shape.remove("instance");
        shape.remove("traceId");
        return shape;
    }

    @Test
    void a_deleted_community_is_gone_for_everyone_and_its_slug_is_free_until_it_is_restored() {
        String slug = "s-" + Person.unique();
        Village village = Village.of(Map.of("slug", slug));
        Person ada = village.founder();
        Person bob = village.member("Bob", "COUNCIL");
        Person root = Person.root();
        ada.sends().delete(village.path()).then().statusCode(422).body("code", is("slug-mismatch"));
        ada.sends()
                .delete(village.path() + "?slug=other")
                .then()
                .statusCode(422)
                .body("code", is("slug-mismatch"));
        bob.sends()
                .delete(village.path() + "?slug=" + slug)
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
        root.sends("{}")
                .post(village.path() + "/restoration")
                .then()
                .statusCode(409)
                .body("code", is("community-not-deleted"));
        ada.sends().delete(village.path() + "?slug=" + slug).then().statusCode(204);
        for (Person person : List.of(ada, bob, root)) {
            person.sends().get(village.path()).then().statusCode(404);
            person.sends().get(village.path() + "/members").then().statusCode(404);
            person.sends().get("/api/v1/communities?limit=100").then().body("items.id", not(hasItem(village.id())));
        }
        ada.sends().get("/api/v1/me").then().body("memberships", empty());
        ada.sends("{}").post(village.path() + "/restoration").then().statusCode(404);
        Village second = Village.of(Map.of("slug", slug));
        root.sends("{}")
                .post(village.path() + "/restoration")
                .then()
                .statusCode(409)
                .body("code", is("slug-taken"));
        second.deleted();
        root.sends("{}")
                .post(village.path() + "/restoration")
                .then()
                .statusCode(200)
                .body("slug", is(slug));
        bob.sends().get(village.path()).then().statusCode(200);
        assertEquals(List.of("CommunityFounded", "CommunityDeleted", "CommunityRestored"), kinds(village));
    }

    @Test
    void after_thirty_days_a_deleted_community_is_not_restored_and_what_is_personal_is_forgotten() throws Throwable {
        Village village = Village.of(Map.of("metadata", Map.of("motto", "Ahoy")));
        village.founder()
                .sends(Map.of("email", "bob@example.org"))
                .post(village.path() + "/invitations")
                .then()
                .statusCode(201);
        village.deleted();
        VertxContextSupport.subscribeAndAwait(purge::run);
        assertEquals(
                List.of("Ahoy"),
                Database.texts("select metadata ->> 'motto' from community where id = ?::uuid", village.id()));
        Database.update(
                "update community set deleted_at = deleted_at - interval '30 days' where id = ?::uuid", village.id());
        VertxContextSupport.subscribeAndAwait(purge::run);
        assertEquals(
                List.of("{}"),
                Database.texts("select metadata::varchar from community where id = ?::uuid", village.id()));
        assertEquals(
                List.of("0"),
                Database.texts("select count(email) from invitation where community_id = ?::uuid", village.id()));
        Person.root()
                .sends("{}")
                .post(village.path() + "/restoration")
                .then()
                .statusCode(410)
                .body("code", is("restoration-expired"));
    }

    @Test
    void a_community_without_anybody_to_run_it_is_not_restored() {
        Village village = Village.open();
        village.deleted();
        Database.update(
                "update users set status = 'DISABLED' where id = ?::uuid",
                village.founder().id());
        Person.root()
                .sends("{}")
                .post(village.path() + "/restoration")
                .then()
                .statusCode(409)
                .body("code", is("community-without-admin"));
        Database.update(
                "update users set status = 'ACTIVE' where id = ?::uuid",
                village.founder().id());
    }

    @Test
    void in_a_suspended_community_members_read_and_nobody_writes() {
        Village village = Village.open();
        Person ada = village.founder();
        Person bob = village.member("Bob");
        Person root = Person.root();
        ada.sends(Map.of("reason", "Spam."))
                .post(village.path() + "/platform-suspension")
                .then()
                .statusCode(403)
                .body("code", is("not-allowed"));
        root.sends(Map.of("reason", "Spam."))
                .post(village.path() + "/platform-suspension")
                .then()
                .statusCode(200)
                .body("suspended", is(true));
        root.sends(Map.of("reason", "Spam."))
                .post(village.path() + "/platform-suspension")
                .then()
                .statusCode(409)
                .body("code", is("community-suspended"));
        bob.sends()
                .get(village.path())
                .then()
                .statusCode(200)
                .body("suspended", is(true))
                .body("can.edit", is(false));
        bob.sends().get(village.path() + "/members").then().statusCode(200);
        ada.sends()
                .get(village.path() + "/audit-log?limit=1")
                .then()
                .body("items[0].kind", is("CommunitySuspended"))
                .body("items[0].fact.reason", is("Spam."));
        bob.sends().get(village.path() + "/audit-log?limit=1").then().body("items[0].withheld", is(true));
        root.sends().get(village.path() + "/audit-log?limit=1").then().body("items[0].kind", is("CommunitySuspended"));
        for (Response refused : List.of(
                ada.sends(Map.of("name", "Elm")).header("If-Match", "*").patch(village.path()),
                ada.sends(Map.of()).put(village.path() + "/settings"),
                ada.sends(Map.of()).post(village.path() + "/invitations"),
                ada.sends(Map.of("reason", "Because.")).post(village.pathOf(bob) + "/ban"),
                ada.sends().delete(village.path() + "?slug=x"),
                bob.sends().delete(village.pathOf(bob)),
                bob.sends(Map.of("title", "A bench", "description", "There.")).post(village.path() + "/proposals"),
                ada.sends(Map.of("name", "Evenings")).post(village.path() + "/event-groups")))
            refused.then().statusCode(403).body("code", is("community-suspended"));
        root.sends()
                .delete(village.path() + "/platform-suspension")
                .then()
                .statusCode(200)
                .body("suspended", is(false));
        root.sends()
                .delete(village.path() + "/platform-suspension")
                .then()
                .statusCode(409)
                .body("code", is("community-not-suspended"));
        bob.sends(Map.of("title", "A bench", "description", "There."))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201);
        assertEquals(List.of("CommunityFounded", "CommunitySuspended", "CommunitySuspensionLifted"), kinds(village));
    }
}
