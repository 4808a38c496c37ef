package org.townsquare.governance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.CanonicalJson;
import org.townsquare.journal.PrivateText;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.Conflict;
import org.townsquare.platform.Problem.NotFound;

/** What a community is asked: several options, ballots on them, and what the count came to. */
@Entity
@Table(name = "question")
public class Question extends ActiveRecord {
    private static final String VISIBLE =
            "from Question q where q.id = ?2 and exists (select 1 from Community c where c.id = q.communityId and "
                    + Community.SEEN + ")";

    private static final Hold<Question> HOLD = Hold.of(Question.class, "hold-question.sql");
    private static final Hold<Question> HOLD_TO_CLOSE = HOLD.toClose();
    private static final Hold<Question> HOLD_DUE = Hold.of(Question.class, "hold-due-question.sql");

    public UUID communityId;
    public UUID createdBy;

    /** How often it was changed before it was opened, its options too. */
    public int revision;

    public String title;
    public String description;

    @Enumerated(EnumType.STRING)
    public VotingMethod method;

    @Enumerated(EnumType.STRING)
    public @Nullable Counting counting;

    @Enumerated(EnumType.STRING)
    public Secrecy secrecy;

    @Enumerated(EnumType.STRING)
    public Results results;

    @Enumerated(EnumType.STRING)
    public QuestionState state;

    public boolean allowBlank;
    public short minChoices;
    public short maxChoices;
    public @Nullable Short maxScore;
    public @Nullable UUID ruleId;

    @Column(columnDefinition = "jsonb")
    public @Nullable JsonObject rule;

    public byte @Nullable [] ruleHash;
    public @Nullable Instant openedAt;
    public @Nullable Instant closesAt;
    public @Nullable Instant closedAt;
    public @Nullable UUID closedBy;
    public @Nullable Instant cancelledAt;
    public @Nullable String cancelReason;

    @Column(columnDefinition = "jsonb")
    public @Nullable JsonObject result;

    Question() {}

    /** Drafts exist for those who may write them, other questions for all who may see the community; else {@code not-found}. */
    static Uni<Question> visibleTo(Viewer viewer, UUID id) {
        return one(
                viewer,
                Question.<Question>find(VISIBLE, viewer.userIdOrNobody(), id).firstResult());
    }

    /** The same as it stands, for a judgement before anything is locked: unknown to the session, so that the lock's reading comes anew. */
    static Uni<Question> glimpsedBy(Viewer viewer, UUID id) {
        return Hold.glimpsed(visibleTo(viewer, id));
    }

    /** The same, locked for an act that ballots need not wait for: {@code FOR NO KEY UPDATE}. */
    static Uni<Question> heldBy(Viewer viewer, UUID id) {
        return one(viewer, HOLD.on(id, viewer));
    }

    /** The same, locked {@code FOR UPDATE}: waits for the ballots that are being cast, and later ones wait for it. */
    static Uni<Question> heldToClose(Viewer viewer, UUID id) {
        return one(viewer, HOLD_TO_CLOSE.on(id, viewer));
    }

    /** For the clock: locked if it is to be closed, by the database's clock or, where its rule says so, since all may have voted; null when another replica did it. */
    static Uni<@Nullable Question> heldWhenDue(UUID id) {
        return HOLD_DUE.on(id);
    }

    private static Uni<Question> one(Viewer viewer, Uni<@Nullable Question> found) {
        return found.onItem().ifNull().failWith(NotFound::new).map(it -> {
            if (it.state == QuestionState.DRAFT && !GovernanceRights.mayManageQuestions(viewer.in(it.communityId)))
                throw new NotFound();
            return viewer.reached(it.communityId, it);
        });
    }

    /** That a ballot answers, which the viewer has found. */
    static Uni<Question> of(Ballot ballot) {
        return Question.<Question>find("communityId = ?1 and id = ?2", ballot.communityId, ballot.questionId)
                .singleResult();
    }

    /** A page of the questions of a community that the viewer has found, newest first; drafts for those who may write them. */
    static Uni<List<QuestionRow>> page(
            Community community, Viewer viewer, @Nullable QuestionState state, Paging paging) {
        boolean drafts = GovernanceRights.mayManageQuestions(viewer.in(community.id));
        String rows =
                "select q.id, q.title, q.method, q.state, q.createdBy, u.name, q.openedAt, q.closesAt, q.closedAt, q.cancelledAt, e "
                        + "from Question q join User u on u.id = q.createdBy left join Electorate e on e.id = q.id "
                        + "where q.communityId = ?1 and q.id < ?2 and (?3 = true or q.state <> DRAFT) ";
        UUID after = paging.after(Cursor.of(new UUID(-1, -1))).id();
        var found = state == null
                ? Question.find(rows + "order by q.id desc", community.id, after, drafts)
                : Question.find(rows + "and q.state = ?4 order by q.id desc", community.id, after, drafts, state);
        return found.project(QuestionRow.class).page(0, paging.rows()).list();
    }

    /** Of these questions of a community that the viewer has found, those that were opened. */
    static Uni<List<OpenedVote>> openedAmong(UUID communityId, Collection<UUID> ids) {
        return Question.find(
                        "select q.id, q.state, q.secrecy from Question q where q.communityId = ?1 and q.id in ?2 and q.state <> DRAFT",
                        communityId,
                        ids)
                .project(OpenedVote.class)
                .list();
    }

    /** What stands beside a question that the viewer has found: its author's name, electorate, the viewer's ballot and whether the viewer may vote. */
    static Uni<QuestionStanding> standing(Question question, Viewer viewer) {
        return Question.find(
                        "select u.name, e, b, r.userId from Question q join User u on u.id = q.createdBy left join Electorate e on e.id = q.id "
                                + "left join Ballot b on b.questionId = q.id and b.userId = ?2 "
                                + "left join Elector r on r.electorateId = q.id and r.userId = ?2 where q.id = ?1",
                        question.id,
                        viewer.userIdOrNobody())
                .project(QuestionStanding.class)
                .singleResult();
    }

    /** Problems: {@code members-only}, {@code not-allowed}, {@code question-invalid}, and {@code rule-unknown} when it is stored. */
    static Question draft(Member by, DraftQuestion in) {
        GovernanceRights.requireToManageQuestions(by);
        Question question = new Question();
        question.communityId = by.communityId;
        question.createdBy = by.userId;
        question.title = in.title().strip();
        question.description = in.description() == null ? "" : in.description();
        question.secrecy = in.secrecy() == null ? Secrecy.MEMBERS : in.secrecy();
        question.results = in.results() == null ? Results.AFTER_CLOSE : in.results();
        question.state = QuestionState.DRAFT;
        question.ruleId = in.ruleId();
        question.use(BallotForm.of(in));
        return question;
    }

    private void use(BallotForm form) {
        method = form.method();
        counting = form.counting();
        allowBlank = form.allowBlank();
        minChoices = (short) form.minChoices();
        maxChoices = (short) form.maxChoices();
        Integer most = form.maxScore();
        maxScore = most == null ? null : (Short) most.shortValue();
    }

    BallotForm form() {
        Short most = maxScore;
        return new BallotForm(
                method, counting, allowBlank, minChoices, maxChoices, most == null ? null : (Integer) most.intValue());
    }

    QuestionDrafted drafted() {
        return new QuestionDrafted(communityId, id);
    }

    /**
     * Problems: {@code members-only}, {@code not-allowed}, {@code question-not-a-draft}, {@code question-invalid}, and {@code rule-unknown} when it is
     * stored.
     *
     * @param before how many options it has
     */
    QuestionEdited edit(Member by, EditQuestion in, int before) {
        GovernanceRights.requireToManageQuestions(by);
        require(QuestionState.DRAFT, "question-not-a-draft");
        if (in.title() != null) title = in.title().strip();
        if (in.description() != null) description = in.description();
        if (in.secrecy() != null) secrecy = in.secrecy();
        if (in.results() != null) results = in.results();
        if (in.ruleId() != null) ruleId = in.ruleId();
        use(form().changed(in, in.options() == null ? before : in.options().size()));
        revision++;
        return new QuestionEdited(communityId, id);
    }

    /** Problems: {@code members-only}, {@code not-allowed}, {@code question-not-a-draft}. */
    QuestionDiscarded discard(Member by) {
        GovernanceRights.requireToManageQuestions(by);
        require(QuestionState.DRAFT, "question-not-a-draft");
        return new QuestionDiscarded(communityId, id);
    }

    /**
     * Opens it under the rule. Problems: {@code members-only}, {@code not-allowed}, {@code question-not-a-draft}, {@code closes-at-out-of-range}.
     *
     * @param now the database's clock, read under the lock
     */
    void open(Member by, OpenQuestion in, DecisionRule under, Instant now) {
        GovernanceRights.requireToManageQuestions(by);
        require(QuestionState.DRAFT, "question-not-a-draft");
        RuleTerms terms = under.terms();
        closesAt = VotingTime.end(terms, in.closesAt(), now);
        openedAt = now;
        state = QuestionState.OPEN;
        ruleId = under.id;
        rule = new JsonObject(terms.canonical());
        ruleHash = terms.hash().bytes();
    }

    /** With the electorate that was taken, and the options in the order that decides ties. */
    QuestionOpened opened(Electorate electorate, List<QuestionOption> options) {
        return new QuestionOpened(
                communityId,
                id,
                hash(options),
                Objects.requireNonNull(ruleId),
                Digest.of(Objects.requireNonNull(ruleHash)),
                electorate.electors,
                electorate.totalWeight,
                Objects.requireNonNull(QuestionOption.tieOrder(options)),
                Objects.requireNonNull(closesAt));
    }

    /**
     * SHA-256 of what is asked and of how it is counted and shown, {@code {"allowBlank":…,"counting":…,"description":…,"maxChoices":…,"maxScore":…,
     * "method":…,"minChoices":…,"options":[{"description":…,"id":…,"label":…}],"results":…,"secrecy":…,"title":…}}, as RFC 8785 writes it.
     */
    private Digest hash(List<QuestionOption> options) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.put("title", title).put("description", description);
        asked.put("method", method.name()).put("counting", counting == null ? null : counting.name());
        asked.put("allowBlank", allowBlank).put("minChoices", minChoices).put("maxChoices", maxChoices);
        asked.put("maxScore", maxScore).put("secrecy", secrecy.name()).put("results", results.name());
        var list = asked.putArray("options");
        for (QuestionOption option : options)
            list.addObject()
                    .put("id", option.id.toString())
                    .put("label", option.label)
                    .put("description", option.description);
        return Digest.sha256(CanonicalJson.write(asked).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Closes: after the deadline for anybody who sees it, before it for the council as the rule allows. Problems: {@code question-not-open},
     * {@code members-only}, {@code not-allowed}, {@code too-early-to-close}, {@code tally-mismatch}.
     */
    QuestionClosed close(Member by, QuestionRecount recount, CountSheet sheet) {
        requireClosable(by, recount.turnout());
        QuestionClosed closed = close(recount, sheet);
        if (isEarly(recount.now())) closedBy = by.userId;
        return closed;
    }

    /** Whether this member may close it now. Problems: {@code question-not-open}, {@code members-only}, {@code not-allowed}, {@code too-early-to-close}. */
    void requireClosable(Member by, Turnout turnout) {
        requireOpen();
        if (!isEarly(turnout.now())) return;
        GovernanceRights.requireToManageQuestions(by);
        EarlyClose allowed = terms().earlyClose();
        if (allowed == EarlyClose.NEVER || (allowed == EarlyClose.ALL_VOTED && !turnout.isComplete()))
            throw new Conflict("too-early-to-close", "The rule does not let this question end now.");
    }

    /** Whether it matters to this member's close how many have voted. Problems: {@code question-not-open}. */
    boolean closesByTurnout(Member by) {
        requireOpen();
        return terms().earlyClose() == EarlyClose.ALL_VOTED && GovernanceRights.mayManageQuestions(by);
    }

    /** Whether what {@link #heldWhenDue} found ends now: at its deadline, or since its rule has it end when all have voted. */
    boolean endsByItself(QuestionRecount recount) {
        return !isEarly(recount.now()) || recount.turnout().isComplete();
    }

    private boolean isEarly(Instant now) {
        return now.isBefore(Objects.requireNonNull(closesAt));
    }

    /** Problems: {@code question-not-open}, {@code tally-mismatch}. */
    QuestionClosed close(QuestionRecount recount, CountSheet sheet) {
        requireOpen();
        recount.requireAgreement();
        QuestionResult outcome = QuestionResult.decided(sheet, recount.turnout(terms()));
        end(outcome, recount.now());
        return new QuestionClosed(
                communityId,
                id,
                outcome.reason(),
                outcome.winner(),
                recount.voters(),
                recount.electors(),
                recount.weight(),
                recount.totalWeight(),
                outcome.hash());
    }

    /**
     * Ends it without an outcome. Problems: {@code cancel-not-allowed}, {@code membership-suspended}, {@code question-not-open}, {@code voting-closed} past
     * the deadline, whose outcome stands, {@code tally-mismatch}.
     */
    QuestionCancelled cancel(Member by, CancelQuestion in, QuestionRecount recount, CountSheet sheet) {
        requireCancellable(by);
        if (!isEarly(recount.now())) throw new Conflict("voting-closed", "The vote is over: its outcome stands.");
        recount.requireAgreement();
        end(QuestionResult.cancelled(sheet, recount.turnout(terms())), recount.now());
        closedBy = by.userId;
        cancelledAt = recount.now();
        cancelReason = in.reason().strip();
        return new QuestionCancelled(
                communityId,
                id,
                recount.voters(),
                recount.electors(),
                recount.weight(),
                recount.totalWeight(),
                new PrivateText(cancelReason));
    }

    /** Problems: {@code cancel-not-allowed}, {@code membership-suspended}, {@code question-not-open}. */
    void requireCancellable(Member by) {
        GovernanceRights.requireToCancelQuestion(by);
        requireOpen();
    }

    private void end(QuestionResult with, Instant now) {
        state = QuestionState.CLOSED;
        closedAt = now;
        result = with.stored();
    }

    private void require(QuestionState expected, String code) {
        if (state != expected) throw new Conflict(code, "The question is " + state + ".");
    }

    /** Problems: {@code question-not-open}. */
    void requireOpen() {
        require(QuestionState.OPEN, "question-not-open");
    }

    /** Problems: {@code question-not-opened}. */
    void requireOpened() {
        if (state == QuestionState.DRAFT)
            throw new NotFound("question-not-opened", "The question has not been opened.");
    }

    /** The copy of the rule that it is held under. Only of a question that was opened. */
    RuleTerms terms() {
        return RuleTerms.of(Objects.requireNonNull(rule));
    }

    /** Of how many events the attendance of its voters was noted; null where its rule names no group of events. */
    @Nullable
    Integer attendanceLast() {
        JsonObject copy = rule;
        return copy == null ? null : copy.getInteger("attendanceLast");
    }

    /** What it came to; null until it is closed. */
    @Nullable
    QuestionResult outcome() {
        JsonObject stored = result;
        return stored == null ? null : QuestionResult.of(stored);
    }

    /** Past its deadline, and about to be closed. */
    boolean isClosing(Instant now) {
        return state == QuestionState.OPEN && closesAt != null && !now.isBefore(closesAt);
    }
}
