package org.townsquare.events;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.MemberStatus;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Problem.Gone;
import org.townsquare.platform.SessionConnection;
import org.townsquare.platform.Statement;

/** A code that stood for an event until another took its place: for a day it says so, then it is like one that never was. */
final class RetiredCode {
    private static final Statement REPLACED = Statement.of(RetiredCode.class, "replaced-code.sql");

    private RetiredCode() {}

    /** Why this code leads to no event: {@code code-replaced} or {@code code-unknown}. */
    static Uni<Problem> refusal(SqlClient client, Viewer viewer, EventCode code) {
        return REPLACED.run(client, question(viewer, code))
                .map(rows -> refusal(rows.iterator().next().getBoolean("replaced")));
    }

    /** The same in the caller's session. */
    static Uni<Problem> refusal(Viewer viewer, EventCode code) {
        return Panache.getSession()
                .chain(session -> new SessionConnection(session).select(REPLACED, question(viewer, code)))
                .map(rows -> refusal(Boolean.TRUE.equals(rows.next()[0])));
    }

    private static @Nullable Object[] question(Viewer viewer, EventCode code) {
        return new @Nullable Object[] {
            code.text(),
            viewer.communitiesAs(MemberStatus.BANNED),
            viewer.communitiesAs(MemberStatus.ACTIVE),
            viewer.communitiesAs(MemberStatus.SUSPENDED),
            viewer.within()
        };
    }

    private static Problem refusal(boolean replaced) {
        return replaced
                ? new Gone("code-replaced", "The event has a new code: type the one that is shown now.")
                : Event.unknownCode();
    }
}
