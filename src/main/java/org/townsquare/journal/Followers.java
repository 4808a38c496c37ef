package org.townsquare.journal;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.townsquare.platform.Statement;

/** The followers of the journal and how they fare, for operators. */
@ApplicationScoped
public class Followers {
    private static final Statement STANDING = Statement.of(Followers.class, "standing.sql");
    private static final Statement DEAD = Statement.of(Followers.class, "dead.sql");

    private final Pool pool;
    private final List<FollowerRun> runs;

    Followers(Pool pool, Kinds kinds, FollowersConfig config, @All List<Follower> followers) {
        this.pool = pool;
        this.runs = followers.stream()
                .map(follower -> new FollowerRun(follower, pool, kinds, config))
                .toList();
    }

    /**
     * A follower by its name.
     *
     * @param lagSeconds the age of the oldest entry that it has not seen; 0 when it has caught up
     * @param dead entries that were set aside
     */
    @Schema(name = "FollowerStanding")
    public record Standing(String name, double lagSeconds, long dead) {}

    /** An entry that followers could not take. */
    @Schema(name = "DeadEntry")
    public record Dead(UUID entryId, List<Refusal> refusals) {}

    /** Why a follower set an entry aside, and how often it had tried. */
    public record Refusal(String follower, String error, int tries) {}

    List<FollowerRun> runs() {
        return runs;
    }

    /** How each follower stands now. */
    public Uni<List<Standing>> standing() {
        return STANDING.run(pool)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map((Row row) ->
                                new Standing(row.getString("name"), row.getDouble("lag_seconds"), row.getLong("dead")))
                        .toList());
    }

    /** What was set aside, oldest first. */
    public Uni<List<Dead>> dead(UUID after, int rows) {
        return DEAD.run(pool, after, rows)
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map((Row row) -> new Dead(
                                row.getUUID("entry_id"),
                                row.getJsonArray("refusals").stream()
                                        .map(it -> refusal((JsonObject) it))
                                        .toList()))
                        .toList());
    }

    private static Refusal refusal(JsonObject json) {
        return new Refusal(json.getString("follower"), json.getString("error"), json.getInteger("tries"));
    }

    /** Gives a dead entry to its followers again, now. False when none had set it aside; fails as the follower fails. */
    public Uni<Boolean> retry(UUID entryId) {
        return each(run -> run.retry(entryId));
    }

    /** The same in this transaction: when one follower fails, none has taken it. */
    public Uni<Boolean> retry(SqlConnection transaction, UUID entryId) {
        return each(run -> run.retry(transaction, entryId));
    }

    private Uni<Boolean> each(Function<FollowerRun, Uni<Boolean>> retry) {
        return Multi.createFrom()
                .iterable(runs)
                .onItem()
                .transformToUniAndConcatenate(retry::apply)
                .collect()
                .with(Collectors.reducing(false, Boolean::logicalOr));
    }
}
