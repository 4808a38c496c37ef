package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.hibernate.grammars.hql.HqlLexer;
import org.hibernate.grammars.hql.HqlParser;
import org.junit.jupiter.api.Test;

/** What a native image is taught of queries. */
class QueryGrammarTest {
    @Test
    void it_can_be_read() {
        for (String query : QueryGrammar.QUERIES) assertEquals(query.replace(" ", ""), read(query));
        assertThrows(ParseCancellationException.class, () -> read("from A a where where a.b = 1"));
    }

    /** Without blanks, and without the end of the text. */
    private static String read(String query) {
        return QueryGrammar.read(query).getText().replace("<EOF>", "");
    }

    /** Most of them as they stand in the code and as Panache writes them. */
    private static final List<String> OURS = List.of(
            "select m, u.name from Member m join User u on u.id = m.userId where m.communityId = ?1 and m.userId > ?2 "
                    + "and exists (select 1 from Community c where c.id = m.communityId and c.deletedAt is null) order by m.userId",
            "from User u where u.id = ?1 and lower(u.email) = lower(?2) and u.emailVerifiedAt is not null",
            "select coalesce(max(r.revision), 0) from DecisionRule r where r.communityId = ?1 and r.name = ?2",
            "from DecisionRule r left join fetch r.thresholds t where r.communityId = ?1 and r.id in (select s.id from DecisionRule s "
                    + "where s.communityId = ?1 and s.id > ?2 order by s.id limit ?3) order by r.id, t.position",
            "FROM `org.townsquare.communities.Member` WHERE communityId = ?1 and userId = ?2",
            "DELETE FROM `org.townsquare.identity.Session` WHERE userId = ?1 and id <> ?2",
            "UPDATE FROM `org.townsquare.identity.Session` SET endedAt = ?1 WHERE userId = ?2 and endedAt is null");

    @Test
    void what_was_read_is_learned_for_all_that_is_read_later() {
        QueryGrammar.QUERIES.forEach(QueryGrammar::read);
        long learned = learned();
        OURS.forEach(QueryGrammar::read);
        long more = learned() - learned;
        assertTrue(more < learned / 20, more + " more than " + learned);
    }

    private static long learned() {
        var parser = new HqlParser(new CommonTokenStream(new HqlLexer(CharStreams.fromString("from A"))));
        return Arrays.stream(parser.getInterpreter().decisionToDFA)
                .mapToLong(decision -> decision.states.size())
                .sum();
    }
}
