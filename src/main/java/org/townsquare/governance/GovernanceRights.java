package org.townsquare.governance;

import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Permission;
import org.townsquare.platform.Problem.Forbidden;

/** Who may do what: the roles of {@link Permission}, and what the proposal adds. */
final class GovernanceRights {
    private GovernanceRights() {}

    /** ADMINs write and adopt rules. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToEditRules(Member by) {
        by.require(Permission.RULES_EDIT);
    }

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

    /** The author. Problems: {@code members-only}, {@code not-the-author}. */
    static void requireToWithdraw(Member by, Proposal proposal) {
        by.require(Permission.PROPOSAL_SUBMIT);
        requireAuthor(by, proposal);
    }

    /** COUNCIL and ADMIN. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToArchive(Member by) {
        by.require(Permission.PROPOSAL_ARCHIVE);
    }

    /** ADMIN, and a PLATFORM_ADMIN everywhere. Problems: {@code membership-suspended}, {@code cancel-not-allowed}. */
    static void requireToCancel(Viewer by, Proposal proposal) {
        if (by.hasPlatform(Permission.PROPOSAL_CANCEL)) return;
        Member member = by.in(proposal.communityId);
        member.requireUnbarred();
        if (!member.may(Permission.PROPOSAL_CANCEL))
            throw new Forbidden("cancel-not-allowed", "Only an ADMIN cancels a vote.");
    }

    /** Members, or fewer where the community says so. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToComment(Member by) {
        by.require(Permission.COMMENT_WRITE);
    }

    /** The author. Problems: {@code members-only}, {@code not-the-author}. */
    static void requireToEdit(Member by, Comment comment) {
        by.require(Permission.COMMENT_WRITE);
        if (!by.userId.equals(comment.authorId)) throw new Forbidden("not-the-author", "Only its author may do this.");
    }

    /** COUNCIL and ADMIN. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToHide(Member by) {
        by.require(Permission.COMMENT_HIDE);
    }

    /** COUNCIL and ADMIN. Problems: {@code members-only}, {@code not-allowed}. */
    static void requireToReadElectors(Member by) {
        by.require(Permission.ELECTOR_READ);
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

    static boolean mayWithdraw(Member by, Proposal proposal) {
        return by.may(Permission.PROPOSAL_SUBMIT) && isAuthor(by, proposal);
    }

    static boolean mayArchive(Member by) {
        return by.may(Permission.PROPOSAL_ARCHIVE);
    }

    static boolean mayCancel(Member by) {
        return by.may(Permission.PROPOSAL_CANCEL);
    }

    static boolean mayComment(Member by) {
        return by.may(Permission.COMMENT_WRITE);
    }

    static boolean mayEdit(Member by, Comment comment) {
        return by.may(Permission.COMMENT_WRITE) && by.userId.equals(comment.authorId);
    }

    static boolean mayHide(Member by) {
        return by.may(Permission.COMMENT_HIDE);
    }

    static boolean mayCloseEarly(Member by) {
        return by.may(Permission.PROPOSAL_CLOSE);
    }

    private static boolean isAuthor(Member by, Proposal proposal) {
        return by.userId.equals(proposal.authorId);
    }

    private static void requireAuthor(Member by, Proposal proposal) {
        if (!isAuthor(by, proposal)) throw new Forbidden("not-the-author", "Only its author may do this.");
    }
}
