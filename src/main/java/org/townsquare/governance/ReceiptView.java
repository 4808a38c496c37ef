package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.SessionConnection;
import org.townsquare.platform.Statement;

/** What anyone may know of a vote by its receipt: never whose it is, and never what it says. */
record ReceiptView(
        @Schema(description = "How often the vote had been changed.")
        int revision,

        Instant castAt,

        @Schema(description = "Whether the vote still stands as it was then, and so is in the tally.")
        boolean counted) {
    private static final Statement RECEIPT = Statement.of(ReceiptView.class, "receipt.sql");
    private static final int BYTES = 32;

    /** Of a proposal that the viewer has found; else {@code not-found}. */
    static Uni<ReceiptView> of(Proposal proposal, String receipt) {
        byte[] bytes = bytes(receipt);
        return Panache.getSession()
                .chain(session -> new SessionConnection(session).select(RECEIPT, proposal.id, Buffer.buffer(bytes)))
                .map(ReceiptView::read);
    }

    private static ReceiptView read(Iterator<Object[]> rows) {
        if (!rows.hasNext()) throw new NotFound();
        Object[] row = rows.next();
        return new ReceiptView(((Number) row[0]).intValue(), DatabaseClock.instant(row[1]), (Boolean) row[2]);
    }

    private static byte[] bytes(String receipt) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(receipt);
            if (bytes.length == BYTES && Digest.base64Url(bytes).equals(receipt)) return bytes;
        } catch (IllegalArgumentException e) {
            throw new NotFound();
        }
        throw new NotFound();
    }
}
