package org.townsquare.governance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Member;
import org.townsquare.platform.Digest;

/** A question as somebody sees it who may. */
record QuestionView(
        UUID id,
        UUID communityId,
        String title,
        String description,
        @JsonUnwrapped BallotForm form,
        Secrecy secrecy,
        Results results,
        QuestionState state,
        boolean closing,
        AuthorView author,
        List<Option> options,
        @Nullable UUID ruleId,
        @Nullable RuleTerms rule,
        @Nullable String ruleHash,
        @Nullable Instant openedAt,
        @Nullable Instant closesAt,
        @Nullable Instant closedAt,
        @Nullable UUID closedBy,
        @Nullable Instant cancelledAt,
        @Nullable String cancelReason,
        @Nullable Integer electors,
        @Nullable Long totalWeight,

        @Schema(description = "The options in the order that decides ties, drawn when it was opened.") @Nullable
        List<UUID> tieOrder,

        @Nullable Answered myBallot,
        @Nullable QuestionResult result,
        Can can) {

    /** An answer that is offered. */
    @Schema(name = "QuestionOption")
    record Option(UUID id, String label, @Nullable String description, boolean statusQuo) {
        static Option of(QuestionOption option) {
            return new Option(option.id, option.label, option.description, option.statusQuo);
        }
    }

    /** The viewer's ballot. */
    @Schema(name = "BallotAnswered")
    record Answered(@JsonUnwrapped Said said, Instant castAt, String receipt) {
        static @Nullable Answered of(@Nullable Ballot ballot, BallotForm form, List<UUID> options) {
            if (ballot == null) return null;
            return new Answered(form.said(ballot.says(), options), ballot.castAt, Digest.base64Url(ballot.receipt));
        }
    }

    /** What the viewer may do with it now. */
    @Schema(name = "QuestionCan")
    record Can(boolean edit, boolean open, boolean answer, boolean close, boolean cancel) {
        static Can of(Question question, QuestionStanding standing, Member viewer, boolean closing) {
            boolean manages = GovernanceRights.mayManageQuestions(viewer);
            boolean draft = question.state == QuestionState.DRAFT;
            boolean open = question.state == QuestionState.OPEN;
            return new Can(
                    draft && manages,
                    draft && manages,
                    open && !closing && standing.elector() != null,
                    open && (closing || (manages && question.terms().earlyClose() != EarlyClose.NEVER)),
                    open && !closing && GovernanceRights.mayCancelQuestion(viewer));
        }
    }

    static QuestionView of(
            Question question, List<QuestionOption> options, QuestionStanding standing, Member viewer, Instant now) {
        boolean closing = question.isClosing(now);
        BallotForm form = question.form();
        JsonObject rule = question.rule;
        Electorate electorate = standing.electorate();
        return new QuestionView(
                question.id,
                question.communityId,
                question.title,
                question.description,
                form,
                question.secrecy,
                question.results,
                question.state,
                closing,
                new AuthorView(question.createdBy, standing.authorName()),
                options.stream().map(Option::of).toList(),
                question.ruleId,
                rule == null ? null : RuleTerms.of(rule),
                question.ruleHash == null ? null : Digest.base64Url(question.ruleHash),
                question.openedAt,
                question.closesAt,
                question.closedAt,
                question.closedBy,
                question.cancelledAt,
                question.cancelReason,
                electorate == null ? null : electorate.electors,
                electorate == null ? null : electorate.totalWeight,
                QuestionOption.tieOrder(options),
                Answered.of(standing.ballot(), form, QuestionOption.ids(options)),
                question.outcome(),
                Can.of(question, standing, viewer, closing));
    }
}
