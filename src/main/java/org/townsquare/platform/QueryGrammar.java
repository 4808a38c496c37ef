package org.townsquare.platform;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.runtime.ImageMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.grammars.hql.HqlLexer;
import org.hibernate.grammars.hql.HqlParser;

/**
 * What Hibernate's parser of queries learns while it reads: the tables by which it decides how to go on. For its first query a native executable made 200 MB
 * of them and of garbage, in 0.7 s. Such tables are static, and what is static when an image is built stays in the image; so queries are read there.
 */
@ApplicationScoped
class QueryGrammar {
    /** Between them they have the forms that ours have, also those that Panache writes. The names are of no matter, unless they are words of the language. */
    static final List<String> QUERIES = List.of(
            "from A a where a.b = ?1 and a.c = ?2 and a.d is null order by a.e desc, a.id desc",
            "from A a where a.b in ?1 and a.status in (X, Y) and (a.c <= ?2 or a.c is not null and a.id < ?3) order by a.id",
            "from A a left join fetch a.b t where a.c <> X and a.d is distinct from Y or a.e = ?1",
            "from A a where (a.c is null and (a.v = X and a.s is null or exists (select 1 from B b where b.c = a.id and b.u = ?1 and b.status in (X, Y)))) and a.id in ?2 and a.id < ?3 order by a.id desc",
            "from A a where not exists (select 1 from B b where b.a = a.id and (b.s = X or b.t > current_timestamp or b.u > instant)) and exists (from C c where c.id = ?1)",
            "select a, b.name, c from A a join B b on b.id = a.x left join C c on c.y = a.y and c.id = a.z where lower(a.w) = lower(?1) and a.v = true",
            "select a.id, coalesce(max(a.b), 0), count(*), count(distinct a.c), sum(a.d), lower(a.e), cast(a.f as string) from A a where lower(a.g) like ?1 escape '!' group by a.id having count(*) > 1",
            "select a.id, (select count(b) from B b where b.c = ?1 and b.d is null) from A a where array_position(a.e, ?1) > 0 and a.f > (select max(c.id) from C c)",
            "select case when a.b > ?1 then 1 else a.c + 1 end, concat(a.d, 'x') from A a where a.e between ?1 and ?2 and a.f = :name",
            "select distinct a.b from A a where a.c = (select b.id from B b where b.d = ?1 order by b.id limit 1) order by lower(a.b), a.e asc nulls last",
            "update A a set a.b = ?1, a.c = null, a.d = a.d + 1 where a.e = ?2 and a.f in (?3, ?4)",
            "update A set b = ?1 where c = ?2 and d is null",
            "delete from A a where a.b < ?1 and a.c is not null",
            "delete from A where b = ?1",
            "from A where b = ?1 and c = ?2 order by d",
            "from A",
            "FROM `a.A` WHERE b = ?1 and c = ?2 and d",
            "FROM `a.A` WHERE b in ?1 and (c <= ?2 or c is not null) order by d desc",
            "SELECT COUNT(*) FROM `a.A` WHERE b = ?1 and c",
            "UPDATE FROM `a.A` SET b = ?1, version = version + 1 WHERE c = ?2 and d is null",
            "DELETE FROM `a.A` WHERE b = ?1 and c < ?2",
            "from A a where (a.b or a.c is not null) and a.d in (select b.id from B b where b.e = ?1 order by b.id limit ?2) order by a.position");

    /** While a native executable is built; elsewhere there is nothing that would keep it. */
    void learn(@Observes @Initialized(ApplicationScoped.class) Object beginning) {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) QUERIES.forEach(QueryGrammar::read);
    }

    /** As Hibernate reads it. */
    @CanIgnoreReturnValue
    static HqlParser.StatementContext read(String query) {
        var parser = new HqlParser(new CommonTokenStream(new HqlLexer(CharStreams.fromString(query))));
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        return parser.statement();
    }
}
