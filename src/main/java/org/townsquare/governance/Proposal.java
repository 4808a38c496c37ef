package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Busy;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unprocessable;
import org.townsquare.platform.Statement;

/** What a community may decide: a text, then a vote on it, then what it came to. */
@Entity
@Table(name = "proposal")
public class Proposal extends ActiveRecord {
    private static final String VISIBLE =
            "from Proposal p where p.id = ?2 and (p.status <> DRAFT or p.authorId = ?1) and exists (select 1 from Community c where c.id = p.communityId and "
                    + Community.SEEN + ")";

    private static final Statement HOLD = Statement.of(Proposal.class, "hold.sql");
    private static final Statement HOLD_TO_CLOSE = new Statement(HOLD.sql().replace("for no key update", "for update"));
    private static final Statement HOLD_DUE = Statement.of(Proposal.class, "hold-due.sql");
    private static final int SHORTEST_TITLE = 3;

    public UUID communityId;
    public UUID authorId;
    public String title;
    public String description;

    @Enumerated(EnumType.STRING)
    public ProposalStatus status;

    public @Nullable Instant submittedAt;
    public byte @Nullable [] textHash;
    public @Nullable UUID reviewedBy;
    public @Nullable Instant reviewedAt;
    public @Nullable String reviewNote;
    public @Nullable UUID ruleId;

    @Column(columnDefinition = "jsonb")
    public @Nullable JsonObject rule;

    public byte @Nullable [] ruleHash;
    public @Nullable Instant votingStartedAt;
    public @Nullable Instant closesAt;
    public @Nullable Instant votingClosedAt;
    public @Nullable UUID closedBy;

    @Enumerated(EnumType.STRING)
    public @Nullable Outcome outcome;

    @Enumerated(EnumType.STRING)
    public @Nullable OutcomeReason outcomeReason;

    @Column(columnDefinition = "jsonb")
    public @Nullable JsonObject explanation;

    Proposal() {}

    /** Drafts exist for their author alone, other proposals for all who may see the community; else {@code not-found}. */
    static Uni<Proposal> visibleTo(Viewer viewer, UUID id) {
        return one(
                viewer,
                Proposal.<Proposal>find(VISIBLE, viewer.userIdOrNobody(), id).firstResult());
    }

    /** The same as it stands, for a judgement before anything is locked: unknown to the session, so that the lock's reading comes anew. */
    static Uni<Proposal> glimpsedBy(Viewer viewer, UUID id) {
        return visibleTo(viewer, id).call(proposal -> Panache.getSession().invoke(session -> session.detach(proposal)));
    }

    /** The same, locked for an act that votes need not wait for: {@code FOR NO KEY UPDATE}. */
    static Uni<Proposal> heldBy(Viewer viewer, UUID id) {
        return held(HOLD, viewer, id);
    }

    /** The same, locked {@code FOR UPDATE}: waits for the votes that are being cast, and later ones wait for it. */
    static Uni<Proposal> heldToClose(Viewer viewer, UUID id) {
        return held(HOLD_TO_CLOSE, viewer, id);
    }

    private static Uni<Proposal> held(Statement hold, Viewer viewer, UUID id) {
        return one(
                viewer,
                Panache.getSession()
                        .chain(session -> session.createNativeQuery(hold.sql(), Proposal.class)
                                .setParameter("proposal", id)
                                .setParameter("viewer", viewer.userIdOrNobody())
                                .getSingleResultOrNull()));
    }

    /** For the clock: locked if its vote is to be closed, by the database's clock; null when another replica did it. */
    static Uni<@Nullable Proposal> heldWhenDue(UUID id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(HOLD_DUE.sql(), Proposal.class)
                        .setParameter("proposal", id)
                        .getSingleResultOrNull());
    }

    /** A page of the proposals of a community that the viewer has found, newest first; of the drafts the viewer's own. */
    static Uni<List<ProposalRow>> page(
            Community community, Viewer viewer, @Nullable ProposalStatus status, Paging paging) {
        String rows =
                "select p.id, p.title, p.status, p.authorId, u.name, p.submittedAt, p.votingStartedAt, p.closesAt, p.votingClosedAt, p.rule, p.outcome, p.outcomeReason, e, t "
                        + "from Proposal p join User u on u.id = p.authorId left join Electorate e on e.id = p.id left join ProposalTally t on t.proposalId = p.id "
                        + "where p.communityId = ?1 and p.id < ?2 and (p.status <> ?3 or p.authorId = ?4) ";
        UUID after = paging.after(Cursor.of(new UUID(-1, -1))).id();
        var found = status == null
                ? Proposal.find(
                        rows + "order by p.id desc", community.id, after, ProposalStatus.DRAFT, viewer.userIdOrNobody())
                : Proposal.find(
                        rows + "and p.status = ?5 order by p.id desc",
                        community.id,
                        after,
                        ProposalStatus.DRAFT,
                        viewer.userIdOrNobody(),
                        status);
        return found.project(ProposalRow.class).page(0, paging.rows()).list();
    }

    /** What stands beside a proposal that the viewer has found: its author's name, electorate, tally, the viewer's vote, and what its rule says of authors. */
    static Uni<ProposalStanding> standing(Proposal proposal, Viewer viewer) {
        return Proposal.find(
                        "select u.name, e, t, v, r.userId, d.selfReview from Proposal p join User u on u.id = p.authorId "
                                + "join DecisionRule d on d.communityId = p.communityId and (d.id = p.ruleId or (p.ruleId is null and d.isDefault)) left join Electorate e on e.id = p.id "
                                + "left join ProposalTally t on t.proposalId = p.id left join Vote v on v.proposalId = p.id and v.userId = ?2 "
                                + "left join Elector r on r.electorateId = p.id and r.userId = ?2 where p.id = ?1",
                        proposal.id,
                        viewer.userIdOrNobody())
                .project(ProposalStanding.class)
                .singleResult();
    }

    /** Of these proposals of a community that the viewer has found, those that exist for others than their author. */
    public static Uni<List<UUID>> submittedAmong(UUID communityId, Collection<UUID> ids) {
        return Proposal.find(
                        "select p.id from Proposal p where p.communityId = ?1 and p.id in ?2 and p.submittedAt is not null",
                        communityId,
                        ids)
                .project(UUID.class)
                .list();
    }

    /** Holds the member, so that drafts begun at the same time count each other. */
    static Uni<Long> countDrafts(Member of) {
        return Member.heldIn(of.communityId, of.userId)
                .chain(() -> Proposal.count(
                        "communityId = ?1 and authorId = ?2 and status = ?3",
                        of.communityId,
                        of.userId,
                        ProposalStatus.DRAFT));
    }

    private static Uni<Proposal> one(Viewer viewer, Uni<@Nullable Proposal> found) {
        return found.onItem().ifNull().failWith(NotFound::new).map(it -> viewer.reached(it.communityId, it));
    }

    /** Problems: {@code members-only}, {@code too-many-drafts}, and {@code rule-unknown} when it is stored. */
    static Proposal draft(Member by, DraftProposal in, long drafts, int most) {
        GovernanceRights.requireToDraft(by);
        if (drafts >= most)
            throw new Conflict("too-many-drafts", "You have " + most + " drafts here: submit one first.");
        Proposal proposal = new Proposal();
        proposal.communityId = by.communityId;
        proposal.authorId = by.userId;
        proposal.title = in.title().strip();
        proposal.description = in.description();
        proposal.ruleId = in.ruleId();
        proposal.status = ProposalStatus.DRAFT;
        return proposal;
    }

    ProposalDrafted drafted() {
        return new ProposalDrafted(communityId, id);
    }

    /**
     * What happened: nothing, where everything is as it was. Problems: {@code members-only}, {@code not-the-author}, {@code proposal-not-a-draft}, and
     * {@code rule-unknown} when it is stored.
     */
    List<ProposalEdited> edit(Member by, EditProposal in) {
        GovernanceRights.requireToEdit(by, this);
        require(ProposalStatus.DRAFT, "proposal-not-a-draft");
        String newTitle = in.title() == null ? title : in.title().strip();
        String newDescription = in.description() == null ? description : in.description();
        UUID newRule = in.ruleId() == null ? ruleId : in.ruleId();
        if (newTitle.equals(title) && newDescription.equals(description) && Objects.equals(newRule, ruleId))
            return List.of();
        title = newTitle;
        description = newDescription;
        ruleId = newRule;
        return List.of(new ProposalEdited(communityId, id));
    }

    /**
     * Hands the draft to the council. Problems: {@code members-only}, {@code not-the-author}, {@code proposal-not-a-draft}, {@code proposal-incomplete}.
     */
    ProposalSubmitted submit(Member by, Instant now) {
        GovernanceRights.requireToSubmit(by, this);
        require(ProposalStatus.DRAFT, "proposal-not-a-draft");
        if (title.length() < SHORTEST_TITLE || description.isBlank())
            throw new Unprocessable(
                    "proposal-incomplete", "A proposal needs a title of 3 or more characters and a description.");
        Digest hash = ProposalText.hash(title, description);
        status = ProposalStatus.UNDER_REVIEW;
        submittedAt = now;
        textHash = hash.bytes();
        reviewedBy = null;
        reviewedAt = null;
        reviewNote = null;
        return new ProposalSubmitted(communityId, id, hash);
    }

    /**
     * Opens the vote under the rule, hands the proposal back or ends it. Problems: {@code review-not-allowed}, {@code own-proposal},
     * {@code proposal-not-under-review}, {@code note-needed}, {@code closes-at-out-of-range}.
     *
     * @param now the database's clock, read under the lock
     */
    Review review(Member by, ReviewProposal in, DecisionRule under, Instant now) {
        GovernanceRights.requireToReview(by, this, in.decision(), under.selfReview);
        require(ProposalStatus.UNDER_REVIEW, "proposal-not-under-review");
        Review review = Review.of(this, by, in);
        switch (in.decision()) {
            case APPROVE -> open(in.closesAt(), under, now);
            case RETURN -> status = ProposalStatus.DRAFT;
            case REJECT -> end(Outcome.REJECTED, OutcomeReason.REVIEW_REJECTED);
        }
        reviewedBy = by.userId;
        reviewedAt = now;
        reviewNote = review.note;
        return review;
    }

    private void open(@Nullable Instant until, DecisionRule under, Instant now) {
        RuleTerms terms = under.terms();
        closesAt = VotingTime.end(terms, until, now);
        status = ProposalStatus.VOTING;
        votingStartedAt = now;
        ruleId = under.id;
        rule = new JsonObject(terms.canonical());
        ruleHash = terms.hash().bytes();
    }

    /** With the electorate that was taken when the vote opened. */
    ProposalOpened opened(Electorate electorate) {
        return new ProposalOpened(
                communityId,
                id,
                Objects.requireNonNull(ruleId),
                Digest.of(Objects.requireNonNull(ruleHash)),
                electorate.electors,
                electorate.totalWeight,
                Objects.requireNonNull(closesAt));
    }

    /**
     * Closes: after the deadline for anybody who sees it, before it for the council as the rule allows. Problems: {@code proposal-not-voting},
     * {@code members-only}, {@code not-allowed}, {@code too-early-to-close}, {@code tally-mismatch}.
     */
    ProposalClosed close(Member by, Recount recount) {
        requireClosable(by, recount.turnout());
        ProposalClosed closed = close(recount);
        if (isEarly(recount.now())) closedBy = by.userId;
        return closed;
    }

    /** Whether this member may close it now. Problems: {@code proposal-not-voting}, {@code members-only}, {@code not-allowed}, {@code too-early-to-close}. */
    void requireClosable(Member by, Turnout turnout) {
        requireVoting();
        if (!isEarly(turnout.now())) return;
        GovernanceRights.requireToCloseEarly(by);
        EarlyClose allowed = terms().earlyClose();
        if (allowed == EarlyClose.NEVER || (allowed == EarlyClose.ALL_VOTED && !turnout.isComplete()))
            throw new Conflict("too-early-to-close", "The rule does not let this vote end now.");
    }

    /** Whether it matters to this member's close how many have voted. Problems: {@code proposal-not-voting}. */
    boolean closesByTurnout(Member by) {
        requireVoting();
        return terms().earlyClose() == EarlyClose.ALL_VOTED && GovernanceRights.mayCloseEarly(by);
    }

    private boolean isEarly(Instant now) {
        return now.isBefore(Objects.requireNonNull(closesAt));
    }

    /** Closes what {@link #heldWhenDue} found. Problems: {@code proposal-not-voting}, {@code tally-mismatch}. */
    ProposalClosed close(Recount recount) {
        requireVoting();
        if (!recount.agrees())
            throw new Busy("tally-mismatch", "The votes do not add up: the operators have been alarmed.");
        Decision decision = Decision.of(terms(), recount.counts());
        end(decision.outcome(), decision.reason());
        votingClosedAt = recount.now();
        explanation = JsonObject.mapFrom(decision);
        return new ProposalClosed(
                communityId,
                id,
                decision.outcome(),
                decision.reason(),
                recount.yes(),
                recount.no(),
                recount.abstain(),
                recount.voters(),
                recount.electors(),
                recount.totalWeight());
    }

    private void end(Outcome with, OutcomeReason why) {
        status = with == Outcome.PASSED ? ProposalStatus.PASSED : ProposalStatus.REJECTED;
        outcome = with;
        outcomeReason = why;
    }

    private void require(ProposalStatus expected, String code) {
        if (status != expected) throw new Conflict(code, "The proposal is " + status + ".");
    }

    /** Problems: {@code proposal-not-voting}. */
    void requireVoting() {
        require(ProposalStatus.VOTING, "proposal-not-voting");
    }

    /** The copy of the rule that the vote is held under. Only of a proposal that was opened. */
    RuleTerms terms() {
        return RuleTerms.of(Objects.requireNonNull(rule));
    }

    /** Past its deadline, and about to be closed. */
    boolean isClosing(Instant now) {
        return status == ProposalStatus.VOTING && closesAt != null && !now.isBefore(closesAt);
    }
}
