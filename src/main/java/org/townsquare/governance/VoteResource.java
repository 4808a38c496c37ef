package org.townsquare.governance;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.validation.Valid;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Entry;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Digest;
import org.townsquare.platform.HotPath;
import org.townsquare.platform.Ids;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.Forbidden;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Statement;

@Path("/api/v1/proposals/{proposalId}/vote")
@Tag(name = "governance")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class VoteResource {
    private static final Statement VOTE = Statement.of(VoteResource.class, "vote.sql");
    private static final Statement WHY_NOT = Statement.of(VoteResource.class, "why-no-vote.sql");
    private static final int NONCE_BYTES = 16;

    private final Pool pool;
    private final Viewer viewer;
    private final Journal journal;
    private final RandomGenerator random;

    VoteResource(Pool pool, Viewer viewer, Journal journal, RandomGenerator random) {
        this.pool = pool;
        this.viewer = viewer;
        this.journal = journal;
        this.random = random;
    }

    /** Problems: {@code not-found}, {@code proposal-not-voting}, {@code voting-closed}, {@code not-in-electorate}. */
    @PUT
    @HotPath
    @Operation(operationId = "castVote", summary = "Vote, or change your vote while the voting lasts")
    @APIResponse(
            responseCode = "201",
            description = "Your first vote",
            content = @Content(schema = @Schema(implementation = VoteView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Your vote changed, or was this already",
            content = @Content(schema = @Schema(implementation = VoteView.class)))
    public Uni<RestResponse<VoteView>> cast(UUID proposalId, @Valid CastVote in) {
        UUID userId = viewer.userId();
        Choice choice = in.choice();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Digest receipt = Digest.ofLines(
                "townsquare-vote-1", proposalId.toString(), userId.toString(), choice.name(), Digest.base64Url(nonce));
        Entry entry =
                journal.entry(viewer, new VoteCast(Entry.placeholder(1), Entry.placeholder(2), proposalId, receipt));
        return VOTE.run(
                        pool,
                        parameters(
                                entry,
                                proposalId,
                                userId,
                                Ids.next(),
                                choice.name(),
                                Buffer.buffer(nonce),
                                Buffer.buffer(receipt.bytes())))
                .chain(rows -> {
                    if (rows.size() == 0) return unchanged(proposalId, userId, choice);
                    Row row = rows.iterator().next();
                    return Uni.createFrom()
                            .item(RestResponse.status(
                                    row.getBoolean("first") ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                                    view(row)));
                });
    }

    /** Why the statement wrote nothing: it may not, or the vote was this one already. */
    private Uni<RestResponse<VoteView>> unchanged(UUID proposalId, UUID userId, Choice choice) {
        return WHY_NOT.run(pool, proposalId, userId, choice.name()).map(rows -> {
            if (rows.size() == 0) throw new NotFound();
            Row row = rows.iterator().next();
            boolean told = row.getString("choice") != null;
            if (!row.getBoolean("never_opened") && row.getBoolean("closed"))
                throw new Conflict("voting-closed", "The vote is over.");
            if (!row.getBoolean("never_opened") && !row.getBoolean("elector"))
                throw new Forbidden("not-in-electorate", "You were not among the voters when the vote opened.");
            // an elector without this vote came a moment before the opening
            if (!told) throw new Conflict("proposal-not-voting", "The vote has not been opened.");
            return RestResponse.ok(view(row));
        });
    }

    private static VoteView view(Row row) {
        return new VoteView(
                Choice.valueOf(row.getString("choice")),
                row.getOffsetDateTime("cast_at").toInstant(),
                Digest.base64Url(row.getBuffer("receipt").getBytes()));
    }

    private static @Nullable Object[] parameters(Entry entry, Object... first) {
        @Nullable Object[] hot = entry.hotValues();
        @Nullable Object[] all = Arrays.copyOf(first, first.length + hot.length);
        System.arraycopy(hot, 0, all, first.length, hot.length);
        return all;
    }
}
