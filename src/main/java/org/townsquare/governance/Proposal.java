package org.townsquare.governance;

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
import org.townsquare.identity.Permission;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Conditions;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unprocessable;
import org.townsquare.platform.Statement;

/** What a community may decide: a text, then a vote on it, then what it came to. */
@Entity
@Table(name = "proposal")
public class Proposal extends ActiveRecord {
    /** Of a proposal {@code p}: a draft, also one that was discarded, exists for its author alone, who is {@code ?1}. */
    static final String EXISTS =
            "(p.status <> DRAFT and p.outcomeReason is distinct from DISCARDED or p.authorId = ?1)";

    private static final String VISIBLE = "from Proposal p where p.id = ?2 and " + EXISTS
            + " and exists (select 1 from Community c where c.id = p.communityId and " + Community.SEEN + ")";

    /** What a PLATFORM_ADMIN cancels without being a member. */
    private static final String OPENED =
            "from Proposal p where p.id = ?1 and p.votingStartedAt is not null and exists (select 1 from Community c where c.id = p.communityId and c.deletedAt is null)";

    private static final Hold<Proposal> HOLD = Hold.of(Proposal.class, "hold.sql");
    private static final Hold<Proposal> HOLD_TO_CLOSE = HOLD.toClose();
    private static final Hold<Proposal> HOLD_TO_COMMENT = HOLD.shared();
    private static final Hold<Proposal> HOLD_OPENED = new Hold<>(
            Proposal.class,
            new Statement(
                    "select p.* from proposal p where p.id = cast(:id as uuid) and p.voting_started_at is not null for update"));

    private static final Hold<Proposal> HOLD_DUE = Hold.of(Proposal.class, "hold-due.sql");
    private static final Hold<Proposal> HOLD_BY_ITSELF = Hold.of(Proposal.class, "hold-by-itself.sql");
    private static final Hold<Proposal> HOLD_TO_ARCHIVE = Hold.of(Proposal.class, "hold-to-archive.sql");
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

    /** Who had checked in to this event when the vote opened votes. */
    public @Nullable UUID presenceEventId;

    /** The proposal that this one is a second try of. */
    public @Nullable UUID supersedesId;

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

    public @Nullable String cancelReason;
    public @Nullable Instant archivedAt;

    Proposal() {}

    /** Drafts exist for their author alone, other proposals for all who may see the community; else {@code not-found}. */
    static Uni<Proposal> visibleTo(Viewer viewer, UUID id) {
        return one(
                viewer,
                Proposal.<Proposal>find(VISIBLE, viewer.userIdOrNobody(), id).firstResult());
    }

    /** The same as it stands, for a judgement before anything is locked: unknown to the session, so that the lock's reading comes anew. */
    static Uni<Proposal> glimpsedBy(Viewer viewer, UUID id) {
        return Hold.glimpsed(visibleTo(viewer, id));
    }

    /** The same, locked for an act that votes need not wait for: {@code FOR NO KEY UPDATE}. */
    static Uni<Proposal> heldBy(Viewer viewer, UUID id) {
        return one(viewer, HOLD.on(id, viewer));
    }

    /** The same, locked {@code FOR UPDATE}: waits for the votes that are being cast, and later ones wait for it. */
    static Uni<Proposal> heldToClose(Viewer viewer, UUID id) {
        return one(viewer, HOLD_TO_CLOSE.on(id, viewer));
    }

    /** The same, locked {@code FOR SHARE}: commenters need not wait for each other, and none comes after an end. */
    static Uni<Proposal> heldToComment(Viewer viewer, UUID id) {
        return one(viewer, HOLD_TO_COMMENT.on(id, viewer));
    }

    /** The same as {@link #glimpsedBy}, and for a PLATFORM_ADMIN every proposal that was opened. */
    static Uni<Proposal> glimpsedToCancel(Viewer viewer, UUID id) {
        if (!viewer.hasPlatform(Permission.PROPOSAL_CANCEL)) return glimpsedBy(viewer, id);
        return Hold.glimpsed(one(viewer, Proposal.<Proposal>find(OPENED, id).firstResult())
                .onFailure(NotFound.class)
                .recoverWithUni(() -> visibleTo(viewer, id)));
    }

    /** What {@link #glimpsedToCancel} found, locked as {@link #heldToClose}. */
    static Uni<Proposal> heldToCancel(Viewer viewer, Proposal seen) {
        if (!viewer.hasPlatform(Permission.PROPOSAL_CANCEL)) return heldToClose(viewer, seen.id);
        return one(viewer, HOLD_OPENED.on(seen.id));
    }

    /** That a new proposal of this community may name as the one before it: found by its author. Problems: {@code proposal-unknown}. */
    static Uni<Void> requireSeen(Viewer viewer, UUID communityId, @Nullable UUID superseded) {
        if (superseded == null) return Uni.createFrom().voidItem();
        return Proposal.count(VISIBLE + " and p.communityId = ?3", viewer.userIdOrNobody(), superseded, communityId)
                .invoke(found -> {
                    if (found == 0)
                        throw new Unprocessable("proposal-unknown", "The community has no such proposal before it.");
                })
                .replaceWithVoid();
    }

    /** For the clock: locked if its vote is to be closed, by the database's clock; null when another replica did it. */
    static Uni<@Nullable Proposal> heldWhenDue(UUID id) {
        return HOLD_DUE.on(id);
    }

    /** For the clock: locked if it is open and its rule has it close by itself; null where it is not. */
    static Uni<@Nullable Proposal> heldWhenByItself(UUID id) {
        return HOLD_BY_ITSELF.on(id);
    }

    /** For the clock: locked if it was decided 365 days ago; null when somebody archived it. */
    static Uni<@Nullable Proposal> heldWhenOld(UUID id) {
        return HOLD_TO_ARCHIVE.on(id);
    }

    /** A page of the proposals of a community that the viewer has found, newest first; of the drafts the viewer's own. */
    static Uni<List<ProposalRow>> page(Community community, Viewer viewer, ProposalFilter filter, Paging paging) {
        var asked = filter.on(new Conditions(
                viewer.userIdOrNobody(),
                community.id,
                paging.after(Cursor.of(new UUID(-1, -1))).id()));
        return Proposal.find(
                        "select p.id, p.title, p.status, p.authorId, u.name, p.submittedAt, p.votingStartedAt, p.closesAt, p.votingClosedAt, p.rule, p.outcome, p.outcomeReason, e, t "
                                + "from Proposal p join User u on u.id = p.authorId left join Electorate e on e.id = p.id left join ProposalTally t on t.proposalId = p.id "
                                + "where " + EXISTS + " and p.communityId = ?2 and p.id < ?3" + asked.text()
                                + " order by p.id desc",
                        asked.values())
                .project(ProposalRow.class)
                .page(0, paging.rows())
                .list();
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

    /** Of these proposals of a community that the viewer has found, those that were opened. */
    static Uni<List<OpenedVote>> openedAmong(UUID communityId, Collection<UUID> ids) {
        return Proposal.find(
                        "select p.id, p.status, p.rule from Proposal p where p.communityId = ?1 and p.id in ?2 and p.votingStartedAt is not null",
                        communityId,
                        ids)
                .project(OpenedVote.class)
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

    /** Problems: {@code members-only}, {@code too-many-drafts}, and {@code rule-unknown}, {@code event-unknown} when it is stored. */
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
        proposal.presenceEventId = in.presenceEventId();
        proposal.supersedesId = in.supersedesId();
        proposal.status = ProposalStatus.DRAFT;
        return proposal;
    }

    ProposalDrafted drafted() {
        return new ProposalDrafted(communityId, id);
    }

    /**
     * What happened: nothing, where everything is as it was. Problems: {@code members-only}, {@code not-the-author}, {@code proposal-not-a-draft}, and
     * {@code rule-unknown}, {@code event-unknown} when it is stored.
     */
    List<ProposalEdited> edit(Member by, EditProposal in) {
        GovernanceRights.requireToEdit(by, this);
        require(ProposalStatus.DRAFT, "proposal-not-a-draft");
        String newTitle = in.title() == null ? title : in.title().strip();
        String newDescription = in.description() == null ? description : in.description();
        UUID newRule = in.ruleId() == null ? ruleId : in.ruleId();
        UUID newPresence = in.presenceEventId() == null ? presenceEventId : in.presenceEventId();
        if (newTitle.equals(title)
                && newDescription.equals(description)
                && Objects.equals(newRule, ruleId)
                && Objects.equals(newPresence, presenceEventId)) return List.of();
        title = newTitle;
        description = newDescription;
        ruleId = newRule;
        presenceEventId = newPresence;
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
        recount.requireAgreement();
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

    /**
     * Ends the vote without a decision; the votes stay and are counted. Problems: {@code membership-suspended}, {@code cancel-not-allowed}, {@code
     * proposal-not-voting}, {@code voting-closed} past the deadline, whose outcome stands, {@code tally-mismatch}.
     */
    ProposalCancelled cancel(Viewer by, CancelProposal in, Recount recount) {
        requireCancellable(by);
        if (!isEarly(recount.now())) throw new Conflict("voting-closed", "The vote is over: its outcome stands.");
        recount.requireAgreement();
        end(Outcome.REJECTED, OutcomeReason.CANCELLED);
        votingClosedAt = recount.now();
        closedBy = by.userId();
        cancelReason = in.reason().strip();
        return new ProposalCancelled(
                communityId,
                id,
                recount.yes(),
                recount.no(),
                recount.abstain(),
                recount.voters(),
                recount.electors(),
                recount.totalWeight(),
                new PrivateText(cancelReason));
    }

    /** Problems: {@code membership-suspended}, {@code cancel-not-allowed}, {@code proposal-not-voting}. */
    void requireCancellable(Viewer by) {
        GovernanceRights.requireToCancel(by, this);
        requireVoting();
    }

    /**
     * Gives up a draft, or takes back what is under review. Problems: {@code members-only}, {@code not-the-author}, {@code proposal-already-opened}.
     */
    ProposalWithdrawn withdraw(Member by, Instant now) {
        GovernanceRights.requireToWithdraw(by, this);
        if (status != ProposalStatus.DRAFT && status != ProposalStatus.UNDER_REVIEW)
            throw new Conflict("proposal-already-opened", "The proposal is " + status + ": nothing is taken back now.");
        OutcomeReason why = status == ProposalStatus.DRAFT ? OutcomeReason.DISCARDED : OutcomeReason.WITHDRAWN;
        outcomeReason = why;
        putAway(now);
        return new ProposalWithdrawn(communityId, id, why);
    }

    /** Puts away what is decided. Problems: {@code members-only}, {@code not-allowed}, {@code proposal-not-decided}. */
    ProposalArchived archive(Member by, Instant now) {
        GovernanceRights.requireToArchive(by);
        return archive(now);
    }

    /** The same by the clock. Problems: {@code proposal-not-decided}. */
    ProposalArchived archive(Instant now) {
        if (status != ProposalStatus.PASSED && status != ProposalStatus.REJECTED)
            throw new Conflict("proposal-not-decided", "The proposal is " + status + ".");
        putAway(now);
        return new ProposalArchived(communityId, id);
    }

    private void putAway(Instant now) {
        status = ProposalStatus.ARCHIVED;
        archivedAt = now;
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

    /** Problems: {@code proposal-not-opened}. */
    void requireOpened() {
        if (votingStartedAt == null) throw new NotFound("proposal-not-opened", "There was no vote on it, or not yet.");
    }

    /** Problems: {@code discussion-closed}. */
    void requireDiscussion(Instant now) {
        if (!isDiscussed(now))
            throw new Conflict("discussion-closed", "A proposal is discussed while it is under review or voted on.");
    }

    boolean isDiscussed(Instant now) {
        return status == ProposalStatus.UNDER_REVIEW || (status == ProposalStatus.VOTING && !isClosing(now));
    }

    /** Past its deadline, and about to be closed. */
    boolean isClosing(Instant now) {
        return status == ProposalStatus.VOTING && closesAt != null && !now.isBefore(closesAt);
    }
}
