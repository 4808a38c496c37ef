package org.townsquare.governance;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Member;
import org.townsquare.platform.Digest;

/** A proposal as somebody sees it who may. */
record ProposalView(
        UUID id,
        UUID communityId,
        String title,
        String description,
        ProposalStatus status,
        boolean closing,
        AuthorView author,
        @Nullable Instant submittedAt,
        @Nullable UUID reviewedBy,
        @Nullable Instant reviewedAt,
        @Nullable String reviewNote,
        @Nullable Instant votingStartedAt,
        @Nullable Instant closesAt,
        @Nullable Instant votingClosedAt,
        @Nullable UUID closedBy,
        @Nullable UUID ruleId,

        @Schema(description = "The rule as it was copied when the vote opened.", implementation = RuleTerms.class)
        @Nullable
        Map<String, Object> rule,

        @Schema(description = "SHA-256 of the rule's RFC 8785 text, base64url.") @Nullable
        String ruleHash,

        @Nullable UUID presenceEventId,
        @Nullable UUID supersedesId,
        @Nullable Integer electors,
        @Nullable Long totalWeight,
        @Nullable TallyView tally,
        @Nullable VoteView myVote,
        @Nullable Outcome outcome,
        @Nullable OutcomeReason outcomeReason,
        @Nullable Decision explanation,
        @Nullable String cancelReason,
        @Nullable Instant archivedAt,
        Can can) {

    /** What the viewer may do with it now. */
    @Schema(name = "ProposalCan")
    record Can(
            boolean edit,
            boolean submit,
            boolean withdraw,
            boolean review,
            boolean vote,
            boolean close,
            boolean cancel,
            boolean archive,
            boolean comment) {
        static Can of(Proposal proposal, ProposalStanding standing, Member viewer, Instant now) {
            boolean closing = proposal.isClosing(now);
            boolean draft = proposal.status == ProposalStatus.DRAFT;
            boolean voting = proposal.status == ProposalStatus.VOTING;
            return new Can(
                    draft && GovernanceRights.mayEdit(viewer, proposal),
                    draft && GovernanceRights.maySubmit(viewer, proposal),
                    (draft || proposal.status == ProposalStatus.UNDER_REVIEW)
                            && GovernanceRights.mayWithdraw(viewer, proposal),
                    proposal.status == ProposalStatus.UNDER_REVIEW
                            && GovernanceRights.mayReview(viewer, proposal, standing.selfReview()),
                    voting && !closing && standing.elector() != null,
                    voting && (closing || maybeEarly(proposal, standing, viewer)),
                    voting && !closing && GovernanceRights.mayCancel(viewer),
                    proposal.outcome != null && proposal.archivedAt == null && GovernanceRights.mayArchive(viewer),
                    proposal.isDiscussed(now) && GovernanceRights.mayComment(viewer));
        }

        private static boolean maybeEarly(Proposal proposal, ProposalStanding standing, Member viewer) {
            if (!GovernanceRights.mayCloseEarly(viewer)) return false;
            return switch (proposal.terms().earlyClose()) {
                case NEVER -> false;
                case BY_COUNCIL -> true;
                case ALL_VOTED ->
                    standing.tally() != null
                            && standing.electorate() != null
                            && standing.tally().voters == standing.electorate().electors;
            };
        }
    }

    static ProposalView of(Proposal proposal, ProposalStanding standing, Member viewer, Instant now) {
        boolean closing = proposal.isClosing(now);
        JsonObject rule = proposal.rule;
        JsonObject explanation = proposal.explanation;
        Electorate electorate = standing.electorate();
        return new ProposalView(
                proposal.id,
                proposal.communityId,
                proposal.title,
                proposal.description,
                proposal.status,
                closing,
                new AuthorView(proposal.authorId, standing.authorName()),
                proposal.submittedAt,
                proposal.reviewedBy,
                proposal.reviewedAt,
                proposal.reviewNote,
                proposal.votingStartedAt,
                proposal.closesAt,
                proposal.votingClosedAt,
                proposal.closedBy,
                proposal.ruleId,
                rule == null ? null : rule.getMap(),
                proposal.ruleHash == null ? null : Digest.base64Url(proposal.ruleHash),
                proposal.presenceEventId,
                proposal.supersedesId,
                electorate == null ? null : electorate.electors,
                electorate == null ? null : electorate.totalWeight,
                TallyView.of(proposal.status, proposal.results(), electorate, standing.tally()),
                VoteView.of(standing.vote()),
                proposal.outcome,
                proposal.outcomeReason,
                explanation == null ? null : explanation.mapTo(Decision.class),
                proposal.cancelReason,
                proposal.archivedAt,
                Can.of(proposal, standing, viewer, now));
    }
}
