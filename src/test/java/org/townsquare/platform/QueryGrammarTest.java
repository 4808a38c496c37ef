package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
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

    @Test
    void what_was_read_is_learned_for_all_that_is_read_later() {
        QueryGrammar.QUERIES.forEach(QueryGrammar::read);
        long learned = learned();
        QueryGrammar.read(
                "select m, u.name from Member m join User u on u.id = m.userId where m.communityId = ?1 and m.userId > ?2 "
                        + "and exists (select 1 from Community c where c.id = m.communityId and c.deletedAt is null) order by m.userId");
        assertEquals(0, learned() - learned, "it is read by what the others have taught");
    }

    private static long learned() {
        var parser = new HqlParser(new CommonTokenStream(new HqlLexer(CharStreams.fromString("from A"))));
        return Arrays.stream(parser.getInterpreter().decisionToDFA)
                .mapToLong(decision -> decision.states.size())
                .sum();
    }
}
