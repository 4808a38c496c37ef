package org.townsquare.governance;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.townsquare.platform.Digest;

/** That a ballot was taken. */
record BallotView(
        Instant castAt,

        @Schema(description = "SHA-256 over question, voter, marks and a nonce: proves the ballot without telling it.")
        String receipt) {
    /** Of a row with a ballot, as both statements return it. */
    static BallotView of(Row row) {
        return new BallotView(
                row.getOffsetDateTime("cast_at").toInstant(),
                Digest.base64Url(row.getBuffer("receipt").getBytes()));
    }
}
