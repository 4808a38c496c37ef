package org.townsquare.governance;

import org.townsquare.communities.Member;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Problem.Forbidden;

/** Who may do what: the roles of {@link Permission}, and what the proposal adds. */
final class GovernanceRights {
    private GovernanceRights() {}

    /** Problems: {@code members-only}. */
    static void requireToDraft(Member by) {
        by.require(Permission.PROPOSAL_DRAFT);
    }

    /** The author. Problems: {@code members-only}, {@code not-the-author}. */
    static void requireToEdit(Member by, Proposal proposal) {
        by.require(Permission.PROPOSAL_DRAFT);
        requireAuthor(by, proposal);
    }

    /** The author. Problems: {@code members-only}, {@code not-the-author}. */
    static void requireToSubmit(Member by, Proposal proposal) {
        by.require(Permission.PROPOSAL_SUBMIT);
        requireAuthor(by, proposal);
    }

    /** The council; not on an own proposal, unless the rule allows its approval. Problems: {@code membership-suspended}, {@code review-not-allowed}, {@code own-proposal}. */
    static void requireToReview(Member by, Proposal proposal, ReviewDecision decision, boolean selfReview) {
        by.requireUnbarred();
        if (!by.may(Permission.PROPOSAL_REVIEW))
            throw new Forbidden("review-not-allowed", "The council reviews proposals.");
        if (isAuthor(by, proposal) && !(selfReview && decision == ReviewDecision.APPROVE))
            throw new Forbidden("own-proposal", "Somebody else must review your proposal.");
    }

    /** The council, before the deadline; after it, everyone who sees the proposal. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToCloseEarly(Member by) {
        by.require(Permission.PROPOSAL_CLOSE);
    }

    static boolean mayEdit(Member by, Proposal proposal) {
        return by.may(Permission.PROPOSAL_DRAFT) && isAuthor(by, proposal);
    }

    static boolean maySubmit(Member by, Proposal proposal) {
        return by.may(Permission.PROPOSAL_SUBMIT) && isAuthor(by, proposal);
    }

    /** In one way at least: where the rule allows it, an author may approve and no more. */
    static boolean mayReview(Member by, Proposal proposal, boolean selfReview) {
        return by.may(Permission.PROPOSAL_REVIEW) && (selfReview || !isAuthor(by, proposal));
    }

    static boolean mayCloseEarly(Member by) {
        return by.may(Permission.PROPOSAL_CLOSE);
    }

    /** COUNCIL and ADMIN write, open and close questions. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToManageQuestions(Member by) {
        by.require(Permission.QUESTION_MANAGE);
    }

    static boolean mayManageQuestions(Member by) {
        return by.may(Permission.QUESTION_MANAGE);
    }

    /** ADMIN. Problems: {@code membership-suspended}, {@code cancel-not-allowed}. */
    static void requireToCancelQuestion(Member by) {
        by.requireUnbarred();
        if (!by.may(Permission.QUESTION_CANCEL))
            throw new Forbidden("cancel-not-allowed", "Only an ADMIN cancels a question.");
    }

    static boolean mayCancelQuestion(Member by) {
        return by.may(Permission.QUESTION_CANCEL);
    }

    private static boolean isAuthor(Member by, Proposal proposal) {
        return by.userId.equals(proposal.authorId);
    }

    private static void requireAuthor(Member by, Proposal proposal) {
        if (!isAuthor(by, proposal)) throw new Forbidden("not-the-author", "Only its author may do this.");
    }
}
