package org.townsquare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;

/** The schema keeps one community's rows from another's: each table has its kind, and keys and references that fit it. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class TenancyTest {
    /** Of the installation, or of a user, whose references are ids. */
    private static final Set<String> GLOBAL = Set.of(
            "account",
            "api_key",
            "community",
            "dead_entry",
            "first_admin",
            "follower",
            "idempotency_key",
            "journal_entry",
            "journal_origin",
            "journal_stream",
            "journal_text",
            "log_checkpoint",
            "log_head",
            "log_leaf",
            "log_node",
            "market",
            "pending_sign_up",
            "retired_code",
            "session",
            "throttle",
            "users",
            "verification");

    /** Parts of one row of a community, which are keyed by it. */
    private static final Set<String> PARTS = Set.of(
            "ballot_pace",
            "comment_edit",
            "participation",
            "decision_threshold",
            "elector",
            "electorate",
            "event_seat",
            "proposal_tally",
            "vote_change");

    /** Their references to what is decided, whose id is the electorate's, are those that name the community. */
    private static final Set<String> SINGLE =
            Set.of("ballot_of_elector", "ballot_pace_of_elector", "participation_of_elector", "vote_of_elector");

    private static final String OURS =
            "c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'databasechangelog%'";

    private static final String HAS_COMMUNITY =
            "exists (select from pg_attribute a where a.attrelid = %s.oid and a.attname = 'community_id' and a.attnotnull)";

    @Test
    void every_table_is_of_a_kind() {
        var unknown = new TreeSet<>(Database.texts(
                "select c.relname from pg_class c where " + OURS + " and not " + HAS_COMMUNITY.formatted("c")));
        unknown.removeAll(GLOBAL);
        assertEquals(Set.of(), unknown, "a table without a community that is not listed as global");
        for (String global : GLOBAL)
            assertEquals(
                    List.of(),
                    Database.texts(
                            "select c.relname from pg_class c where " + OURS + " and c.relname = ? and "
                                    + HAS_COMMUNITY.formatted("c"),
                            global));
    }

    @Test
    void a_tenants_row_is_keyed_by_its_community_and_id_and_found_by_its_id() {
        assertEquals(
                new TreeSet<>(PARTS),
                new TreeSet<>(Database.texts("select c.relname from pg_class c where " + OURS + " and "
                        + HAS_COMMUNITY.formatted("c")
                        + " and not exists (select from pg_constraint p where p.conrelid = c.oid and p.contype = 'p'"
                        + " and pg_get_constraintdef(p.oid) = 'PRIMARY KEY (community_id, id)')")));
        // nothing finds a vote but by its voter or its receipt, and each index that it is in is written by every change
        assertEquals(
                List.of("vote"),
                Database.texts("select c.relname from pg_class c where " + OURS + " and "
                        + HAS_COMMUNITY.formatted("c")
                        + " and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id')"
                        + " and not exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]"
                        + " where i.indrelid = c.oid and a.attname = 'id' and i.indpred is null)"));
    }

    @Test
    void a_reference_inside_a_community_names_it() {
        assertEquals(
                new TreeSet<>(SINGLE),
                new TreeSet<>(Database.texts(
                        "select n.conname from pg_constraint n join pg_class c on c.oid = n.conrelid join pg_class f on f.oid = n.confrelid"
                                + " where n.contype = 'f' and not c.relispartition and " + HAS_COMMUNITY.formatted("c")
                                + " and " + HAS_COMMUNITY.formatted("f")
                                + " and not exists (select from generate_subscripts(n.conkey, 1) k"
                                + " join pg_attribute a on a.attrelid = n.conrelid and a.attnum = n.conkey[k]"
                                + " join pg_attribute b on b.attrelid = n.confrelid and b.attnum = n.confkey[k]"
                                + " where a.attname = 'community_id' and b.attname = 'community_id')")));
    }

    @Test
    void nothing_goes_with_a_community_or_a_user() {
        assertEquals(
                List.of(),
                Database.texts(
                        "select n.conname from pg_constraint n where n.contype = 'f' and n.confdeltype = 'c' and n.confrelid in ('community'::regclass, 'users'::regclass)"));
    }
}
