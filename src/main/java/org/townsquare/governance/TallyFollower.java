package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.townsquare.journal.Fact;
import org.townsquare.journal.Follower;
import org.townsquare.journal.Recorded;
import org.townsquare.platform.Statement;

/** Keeps the tallies that are shown while votes are open, so that no reader counts and no voter waits for a counter. */
@ApplicationScoped
class TallyFollower implements Follower {
    private static final Statement FOLLOW = Statement.of(TallyFollower.class, "follow-tally.sql");

    @Override
    public String name() {
        return "governance.tally";
    }

    @Override
    public Set<Class<? extends Fact>> follows() {
        return Set.of(VoteCast.class, VoteChanged.class, VoteWithdrawn.class);
    }

    /** Counts anew what was voted on; the row was made when the vote opened, and is final once it closed. */
    @Override
    public Uni<Void> on(SqlConnection transaction, List<Recorded> entries) {
        UUID[] proposals =
                entries.stream().map(entry -> proposal(entry.fact())).distinct().toArray(UUID[]::new);
        return FOLLOW.run(transaction, (Object) proposals).replaceWithVoid();
    }

    private static UUID proposal(Fact fact) {
        if (fact instanceof VoteCast cast) return cast.proposalId();
        if (fact instanceof VoteWithdrawn withdrawn) return withdrawn.proposalId();
        return ((VoteChanged) fact).proposalId();
    }
}
