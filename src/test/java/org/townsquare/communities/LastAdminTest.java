package org.townsquare.communities;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.townsquare.platform.Problem;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Rush;
import org.townsquare.town.Village;

/** Goal R2, the last ADMIN: whatever happens at once, every community keeps one. {@code -Pchaos} makes it long. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class LastAdminTest {
    private static final int ROUNDS = Integer.getInteger("townsquare.race.rounds", 3);
    private static final int AT_ONCE = Integer.getInteger("townsquare.race.at-once", 12);

    @Inject
    Memberships memberships;

    @ParameterizedTest
    @CsvSource({"PUT, roles, 409", "DELETE, '', 409", "POST, suspension, 409", "POST, ban, 409"})
    void the_last_admin_does_not_go(String method, String noun, int status) {
        Village village = Village.open();
        village.suspended(village.member("Sam", "ADMIN"));
        end(village, village.founder(), method, noun).then().statusCode(status).body("code", is("last-admin"));
        village.member("Bea", "ADMIN");
        assertTrue(end(village, village.founder(), method, noun).statusCode() < 300);
        keepsAnAdmin(village);
    }

    private static io.restassured.response.Response end(Village village, Person whom, String method, String noun) {
        Map<String, ?> body = noun.equals("roles") ? Map.of("roles", List.of("COUNCIL")) : Map.of("reason", "Because.");
        String path = village.pathOf(whom) + (noun.isEmpty() ? "" : "/" + noun);
        return (noun.isEmpty() ? village.founder().sends() : village.founder().sends(body)).request(method, path);
    }

    @Test
    void admins_who_leave_or_take_the_role_from_each_other_at_once_never_leave_a_community_without_one()
            throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Village village = Village.open();
            var admins = new ArrayList<>(List.of(village.founder()));
            while (admins.size() < 2 + round % 3) admins.add(village.member("Admin", "ADMIN"));
            var answers = new ArrayList<CompletableFuture<Rush.Answer>>();
            for (int i = 0; i < AT_ONCE; i++) {
                Person by = admins.get(i % admins.size());
                Person whom = admins.get((i + 1 + round % 2) % admins.size());
                answers.add(
                        switch (i / admins.size() % 4) {
                            case 0 -> Rush.send(by, "DELETE", village.pathOf(by), Map.of());
                            case 1 ->
                                Rush.send(
                                        by,
                                        "PUT",
                                        village.pathOf(whom) + "/roles",
                                        Map.of("roles", List.of("COUNCIL")));
                            case 2 ->
                                Rush.send(
                                        by, "POST", village.pathOf(whom) + "/suspension", Map.of("reason", "A race."));
                            default ->
                                Rush.send(by, "POST", village.pathOf(whom) + "/ban", Map.of("reason", "A race."));
                        });
            }
            int refused = 0;
            for (var answer : answers) {
                int status = answer.get().status();
                assertTrue(status < 500 && status != 400 && status != 401 && status != 422, "status " + status);
                if (status == 409) refused++;
            }
            assertTrue(refused > 0, "nobody lost");
            keepsAnAdmin(village);
        }
        assertEquals(List.of(), Database.texts("select id::varchar from invariant_community_without_admin"));
    }

    private static void keepsAnAdmin(Village village) {
        assertTrue(
                Database.texts(
                                        "select user_id::varchar from member where community_id = ?::uuid and status = 'ACTIVE' and 'ADMIN' = any (roles)",
                                        village.id())
                                .size()
                        >= 1,
                "no ADMIN");
    }

    @Test
    void an_admin_whose_account_is_disabled_or_whose_suspension_lasts_is_none_to_rely_on() {
        Village village = Village.open();
        Person bea = village.member("Bea", "ADMIN");
        Database.update("update users set status = 'DISABLED' where id = ?::uuid", bea.id());
        village.founder()
                .sends()
                .delete(village.pathOf(village.founder()))
                .then()
                .statusCode(409)
                .body("code", is("last-admin"));
        Database.update("update users set status = 'ACTIVE' where id = ?::uuid", bea.id());
        village.suspended(bea);
        village.founder()
                .sends()
                .delete(village.pathOf(village.founder()))
                .then()
                .statusCode(409);
        Database.update(
                "update member set suspended_until = clock_timestamp() where user_id = ?::uuid and status = 'SUSPENDED'",
                bea.id());
        village.founder()
                .sends()
                .delete(village.pathOf(village.founder()))
                .then()
                .statusCode(204);
        bea.sends().get(village.path() + "/members?status=LEFT").then().statusCode(200);
    }

    @Test
    void an_account_is_neither_disabled_nor_erased_while_a_community_needs_it() throws Throwable {
        Village oak = Village.open();
        Person ada = oak.founder();
        Village gone = new Village(founded(ada), ada);
        gone.deleted();
        String slug = ada.sends().get(oak.path()).path("slug");
        for (Function<UUID, Uni<Void>> act :
                List.<Function<UUID, Uni<Void>>>of(memberships::check, memberships::disable, memberships::erase)) {
            var refused = assertThrows(Problem.Conflict.class, () -> inTransaction(act, ada));
            assertEquals("last-admin", refused.code);
            assertTrue(String.valueOf(refused.getMessage()).contains(slug), refused.getMessage());
        }
        oak.member("Bea", "ADMIN");
        inTransaction(memberships::check, ada);
        inTransaction(memberships::disable, ada);
        assertEquals(List.of("ACTIVE"), statuses(oak, ada));
        Village elm = Village.open();
        elm.suspended(elm.joinedBy(ada));
        inTransaction(memberships::erase, ada);
        for (Village village : List.of(oak, elm)) assertEquals(List.of("LEFT"), statuses(village, ada));
        assertEquals(
                List.of("2"),
                Database.texts(
                        "select count(*) from journal_entry e join member m on m.id = e.subject_id where e.kind = 'MemberLeft' and m.user_id = ?::uuid "
                                + "and e.credential = 'SYSTEM' and m.status_reason is null and m.roles = '{}' and m.community_id <> ?::uuid",
                        ada.id(),
                        gone.id()));
    }

    @Test
    void whose_account_is_disabled_becomes_no_admin() {
        Village village = Village.open();
        Person bea = village.member("Bea");
        Database.update("update users set status = 'DISABLED' where id = ?::uuid", bea.id());
        for (Person by : List.of(village.founder(), Person.root()))
            by.sends(Map.of("roles", List.of("ADMIN")))
                    .put(village.pathOf(bea) + "/roles")
                    .then()
                    .statusCode(409)
                    .body("code", is("member-not-active"));
        village.founder()
                .sends(Map.of("roles", List.of("COUNCIL")))
                .put(village.pathOf(bea) + "/roles")
                .then()
                .statusCode(200);
    }

    @Test
    void who_had_only_asked_is_declined_by_an_erasure() throws Throwable {
        Village village = Village.open();
        Person pia = village.asking("Pia");
        inTransaction(memberships::erase, pia);
        assertEquals(
                List.of("MembershipAsked", "MembershipDeclined"),
                Database.texts(
                        "select e.kind from journal_entry e join member m on m.id = e.subject_id where m.user_id = ?::uuid order by e.id",
                        pia.id()));
    }

    private static String founded(Person by) {
        return by.sends(Map.of("name", "Ash", "slug", "v-" + Person.unique()))
                .post("/api/v1/communities")
                .then()
                .statusCode(201)
                .body("myStatus", is("ACTIVE"))
                .body("slug", containsString("v-"))
                .extract()
                .path("id");
    }

    private static List<String> statuses(Village village, Person person) {
        return Database.texts(
                "select status from member where community_id = ?::uuid and user_id = ?::uuid",
                village.id(),
                person.id());
    }

    private static void inTransaction(Function<UUID, Uni<Void>> act, Person person) throws Throwable {
        VertxContextSupport.subscribeAndAwait(
                () -> Panache.withTransaction(() -> act.apply(UUID.fromString(person.id()))));
    }
}
