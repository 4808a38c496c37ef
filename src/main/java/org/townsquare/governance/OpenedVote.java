package org.townsquare.governance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.townsquare.communities.Member;

/** A proposal or a question that was opened, as far as it says who learns who voted. */
@RegisterForReflection
record OpenedVote(UUID id, boolean isOpen, Secrecy secrecy) {
    OpenedVote(UUID id, ProposalStatus status, JsonObject rule) {
        this(id, status == ProposalStatus.VOTING, RuleTerms.of(rule).secrecy());
    }

    OpenedVote(UUID id, QuestionState state, Secrecy secrecy) {
        this(id, state == QuestionState.OPEN, secrecy);
    }

    boolean showsVoters(Member viewer) {
        return Disclosure.showsVoters(viewer, isOpen, secrecy);
    }
}
