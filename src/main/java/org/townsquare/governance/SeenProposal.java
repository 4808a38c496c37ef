package org.townsquare.governance;

import io.vertx.mutiny.sqlclient.Row;

/** A proposal that a viewer found, and what stands beside it for them. */
record SeenProposal(Proposal proposal, ProposalStanding standing) {
    /** Of a row of {@code proposal.sql}. */
    static SeenProposal of(Row row) {
        return new SeenProposal(Proposal.of(row), ProposalStanding.of(row));
    }
}
