package org.townsquare.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Document;
import org.townsquare.town.Person;

/** The table of rights is shown as it is. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class PermissionTest {
    @Test
    void the_document_is_the_table() throws Exception {
        var table = new StringBuilder("| permission | " + each(Role.values(), Role::name) + " | beside the roles |\n");
        table.append("|---|").append("---|".repeat(Role.values().length)).append("---|\n");
        for (Permission it : Permission.values())
            table.append("| `%s` | %s | %s |%n"
                    .formatted(
                            it.text(),
                            each(
                                    Role.values(),
                                    role -> it.roles().contains(role)
                                                    || it.roles().contains(Role.CITIZEN)
                                            ? "●"
                                            : ""),
                            it.marks().stream().sorted().map(Enum::name).collect(Collectors.joining(", "))));
        new Document("permissions.md").partEquals("table", table.toString());
    }

    private static <T> String each(T[] values, java.util.function.Function<T, String> cell) {
        return Arrays.stream(values).map(cell).collect(Collectors.joining(" | "));
    }

    @Test
    void everybody_reads_the_table() {
        Person.nobody()
                .get("/api/v1/permissions")
                .then()
                .statusCode(200)
                .body("items", hasSize(Permission.values().length))
                .body("items.find { it.name == 'proposal:review' }.roles", contains("COUNCIL", "ADMIN"))
                .body("items.find { it.name == 'account:keys' }.forKeys", is(false));
    }

    @Test
    void a_name_stands_for_one_permission() {
        assertEquals(
                Permission.values().length,
                Arrays.stream(Permission.values())
                        .map(Permission::text)
                        .distinct()
                        .count());
        for (Permission it : Permission.values())
            assertEquals(it, Permission.named(it.text()).orElseThrow());
        assertTrue(Permission.named("vote:forge").isEmpty());
    }

    @Test
    void a_permission_is_narrowed_to_some_of_its_roles_and_never_widened() {
        assertTrue(Permission.MEMBER_INVITE.narrowsTo(Set.of(Role.ADMIN)));
        assertTrue(Permission.PROPOSAL_DRAFT.narrowsTo(Set.of(Role.COUNCIL)), "every member has what a CITIZEN has");
        assertFalse(Permission.MEMBER_INVITE.narrowsTo(Set.of(Role.CITIZEN)));
        assertFalse(Permission.MEMBER_INVITE.narrowsTo(Set.of()), "nobody could do it");
        assertFalse(Permission.VOTE_CAST.narrowsTo(Set.of(Role.COUNCIL)), "not marked");
    }

    @Test
    void an_account_is_for_people_alone() {
        for (Permission it : Permission.values())
            assertEquals(
                    !it.text().startsWith("account:") && it != Permission.PLATFORM_IMPERSONATE,
                    it.isForKeys(),
                    it.text());
    }
}
