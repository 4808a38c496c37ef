package org.townsquare.identity;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.townsquare.platform.Problem;
import org.townsquare.town.Admin;
import org.townsquare.town.Database;
import org.townsquare.town.Gate;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Rush;
import org.townsquare.town.Rush.Answer;
import org.townsquare.town.Tokens;
import org.townsquare.town.Village;

/**
 * An account ends while its owner becomes one whom a community relies on: whichever comes first, the other waits for it and sees it. Each test stops the
 * first in the middle of its transaction.
 */
@QuarkusTest
@TestProfile(AccountEndRaceTest.ErasedByTheTest.class)
@QuarkusTestResource(Database.class)
class AccountEndRaceTest {
    public static class ErasedByTheTest implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("townsquare.accounts.due-poll", "off");
        }
    }

    private enum End {
        DISABLED,
        ERASED
    }

    @Inject
    Erasure erasure;

    private Person root;

    @BeforeEach
    void somebody_looks_after_the_installation() {
        root = Admin.named("Root");
    }

    @AfterEach
    void every_community_has_an_admin() {
        assertEquals(List.of(), Database.texts("select id::varchar from invariant_community_without_admin"));
    }

    @ParameterizedTest
    @EnumSource
    void who_founds_a_community_meanwhile_is_its_last_admin(End kind) throws Exception {
        Person ada = due(Person.named("Ada"));
        CompletableFuture<Answer> founded;
        CompletableFuture<String> ended;
        try (Gate gate = Gate.onWritesTo("member")) {
            founded = found(ada);
            gate.reached();
            ended = end(kind, ada);
            gate.reachedBehind();
        }
        assertEquals(201, founded.get().status());
        assertEquals("last-admin", ended.get());
        assertEquals("ACTIVE", status(ada));
    }

    @ParameterizedTest
    @EnumSource
    void whose_account_ends_meanwhile_founds_no_community(End kind) throws Exception {
        Person ada = due(Person.named("Ada"));
        CompletableFuture<String> ended;
        CompletableFuture<Answer> founded;
        try (Gate gate = Gate.onWritesTo("session")) {
            ended = end(kind, ada);
            gate.reached();
            founded = found(ada);
            gate.reachedBehind();
        }
        assertEquals("", ended.get());
        refused(founded, 401, "credentials-invalid");
        assertEquals(kind.name(), status(ada));
        assertEquals(0, Rows.count("select count(*) from community where created_by = ?::uuid", ada.id()));
    }

    @Test
    void who_is_named_admin_meanwhile_is_disabled_afterwards() throws Exception {
        Village village = Village.open();
        Person bea = village.member("Bea");
        CompletableFuture<Answer> named;
        CompletableFuture<String> ended;
        try (Gate gate = Gate.onWritesTo("member")) {
            named = name(village, bea);
            gate.reached();
            ended = end(End.DISABLED, bea);
            gate.reachedBehind();
        }
        assertEquals(200, named.get().status());
        assertEquals("", ended.get());
        village.founder()
                .sends()
                .delete(village.pathOf(village.founder()))
                .then()
                .statusCode(409)
                .body("code", is("last-admin"));
    }

    @Test
    void who_is_disabled_meanwhile_is_not_named_admin() throws Exception {
        Village village = Village.open();
        Person bea = village.member("Bea");
        CompletableFuture<String> ended;
        CompletableFuture<Answer> named;
        try (Gate gate = Gate.onWritesTo("session")) {
            ended = end(End.DISABLED, bea);
            gate.reached();
            named = name(village, bea);
            gate.reachedBehind();
        }
        assertEquals("", ended.get());
        refused(named, 409, "member-not-active");
        assertEquals("ACTIVE {CITIZEN}", standing(village, bea));
    }

    @Test
    void who_joins_meanwhile_is_erased_as_a_member() throws Exception {
        Village village = Village.open();
        Person eve = due(Person.named("Eve"));
        CompletableFuture<Answer> joined;
        CompletableFuture<String> ended;
        try (Gate gate = Gate.onWritesTo("member")) {
            joined = join(village, eve);
            gate.reached();
            ended = end(End.ERASED, eve);
            gate.reachedBehind();
        }
        assertEquals(201, joined.get().status());
        assertEquals("", ended.get());
        assertEquals("LEFT {}", standing(village, eve));
    }

    @Test
    void who_is_erased_meanwhile_joins_nothing() throws Exception {
        Village village = Village.open();
        Person eve = due(Person.named("Eve"));
        CompletableFuture<String> ended;
        CompletableFuture<Answer> joined;
        try (Gate gate = Gate.onWritesTo("session")) {
            ended = end(End.ERASED, eve);
            gate.reached();
            joined = join(village, eve);
            gate.reachedBehind();
        }
        assertEquals("", ended.get());
        refused(joined, 401, "credentials-invalid");
        assertEquals(0, Rows.count("select count(*) from member where user_id = ?::uuid", eve.id()));
    }

    @Test
    void who_had_asked_and_accepts_an_invitation_meanwhile_is_erased_as_a_member() throws Exception {
        Village village = Village.open();
        acceptsMeanwhile(village, due(village.asking("Fay")));
    }

    /** There is no membership yet that the erasure could wait for. */
    @Test
    void who_comes_in_by_an_invitation_meanwhile_is_erased_as_a_member() throws Exception {
        acceptsMeanwhile(Village.open(), due(Person.named("Gil")));
    }

    private void acceptsMeanwhile(Village village, Person fay) throws Exception {
        String invitation = invitation(village, fay);
        CompletableFuture<Answer> accepted;
        CompletableFuture<String> ended;
        try (Gate gate = Gate.on("select from invitation where id = '" + invitation + "' for update")) {
            accepted = accept(fay, invitation);
            gate.reached();
            ended = end(End.ERASED, fay);
            gate.reachedBehind();
        }
        assertEquals(201, accepted.get().status());
        assertEquals("", ended.get());
        assertEquals("ERASED", status(fay));
        assertEquals("LEFT {}", standing(village, fay));
        assertEquals(
                0, Rows.count("select count(*) from invitation where id = ?::uuid and email is not null", invitation));
    }

    @Test
    void who_is_erased_meanwhile_accepts_no_invitation() throws Exception {
        Village village = Village.open();
        Person fay = due(village.asking("Fay"));
        String invitation = invitation(village, fay);
        CompletableFuture<String> ended;
        CompletableFuture<Answer> accepted;
        try (Gate gate = Gate.onWritesTo("invitation")) {
            ended = end(End.ERASED, fay);
            gate.reached();
            accepted = accept(fay, invitation);
            gate.reachedBehind();
        }
        assertEquals("", ended.get());
        refused(accepted, 401, "credentials-invalid");
        assertEquals("LEFT {}", standing(village, fay));
        assertEquals(List.of("0"), Database.texts("select uses from invitation where id = ?::uuid", invitation));
    }

    @ParameterizedTest
    @EnumSource
    void the_admin_of_a_community_that_is_restored_meanwhile_is_its_last(End kind) throws Exception {
        Village village = Village.open();
        Person ada = due(village.founder());
        village.deleted();
        CompletableFuture<Answer> restored;
        CompletableFuture<String> ended;
        try (Gate gate = Gate.onWritesTo("community")) {
            restored = restore(village);
            gate.reached();
            ended = end(kind, ada);
            gate.reachedBehind();
        }
        assertEquals(200, restored.get().status());
        assertEquals("last-admin", ended.get());
        assertEquals("ACTIVE", status(ada));
    }

    @ParameterizedTest
    @EnumSource
    void a_community_whose_admin_goes_meanwhile_is_not_restored(End kind) throws Exception {
        Village village = Village.open();
        Person ada = due(village.founder());
        village.deleted();
        CompletableFuture<String> ended;
        CompletableFuture<Answer> restored;
        try (Gate gate = Gate.onWritesTo("session")) {
            ended = end(kind, ada);
            gate.reached();
            restored = restore(village);
            gate.reachedBehind();
        }
        assertEquals("", ended.get());
        refused(restored, 409, "community-without-admin");
        assertEquals(kind.name(), status(ada));
    }

    /** The code of the problem with which it was refused; empty where it was done. */
    private CompletableFuture<String> end(End kind, Person person) {
        return switch (kind) {
            case DISABLED ->
                Rush.send(
                                root,
                                "PUT",
                                "/api/v1/users/" + person.id() + "/status",
                                Map.of("status", "DISABLED", "reason", "A race."))
                        .thenApply(answer -> answer.ok() ? "" : answer.body().getString("code"));
            case ERASED -> CompletableFuture.supplyAsync(() -> erased(UUID.fromString(person.id())));
        };
    }

    private String erased(UUID userId) {
        try {
            VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(() -> erasure.erase(userId)));
            return "";
        } catch (Problem refused) {
            return refused.code;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** To be erased, whenever the test does it. */
    private static Person due(Person person) {
        Rows.change("update users set erase_at = clock_timestamp() where id = ?::uuid", person.id());
        return person;
    }

    private static CompletableFuture<Answer> found(Person by) {
        return Rush.send(by, "POST", "/api/v1/communities", Map.of("name", "Elm", "slug", "v-" + Person.unique()));
    }

    private static CompletableFuture<Answer> join(Village village, Person person) {
        return Rush.send(person, "POST", village.path() + "/members", Map.of());
    }

    private static CompletableFuture<Answer> name(Village village, Person whom) {
        return Rush.send(village.founder(), "PUT", village.pathOf(whom) + "/roles", Map.of("roles", List.of("ADMIN")));
    }

    private CompletableFuture<Answer> restore(Village village) {
        return Rush.send(root, "POST", village.path() + "/restoration", Map.of());
    }

    private static String invitation(Village village, Person whom) {
        return village.founder()
                .sends(Map.of("email", whom.email()))
                .post(village.path() + "/invitations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static CompletableFuture<Answer> accept(Person person, String invitation) {
        return Rush.send(
                person,
                "POST",
                "/api/v1/invitation-acceptances",
                Map.of("token", Tokens.of("invitation", UUID.fromString(invitation))));
    }

    private static void refused(CompletableFuture<Answer> answer, int status, String code) throws Exception {
        assertEquals(status, answer.get().status());
        assertEquals(code, answer.get().body().getString("code"));
    }

    private static String status(Person person) {
        return Database.texts("select status from users where id = ?::uuid", person.id())
                .get(0);
    }

    private static String standing(Village village, Person person) {
        return Database.texts(
                        "select status || ' ' || roles::varchar from member where community_id = ?::uuid and user_id = ?::uuid",
                        village.id(),
                        person.id())
                .get(0);
    }
}
