package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Role;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.NotFound;

/** How a community decides: who votes, what quorum and what majority. A revision never changes. */
@Entity
@Table(name = "decision_rule")
public class DecisionRule extends ActiveRecord {
    public UUID communityId;
    public String name;
    public int revision;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Enumerated(EnumType.STRING)
    public Role[] voterRoles;

    public long tenureSeconds;
    public @Nullable UUID attendanceGroupId;
    public @Nullable Integer attendanceLast;
    public @Nullable Integer attendanceAtLeast;

    @Enumerated(EnumType.STRING)
    public Weighting weighting;

    @Column(columnDefinition = "jsonb")
    public @Nullable JsonObject roleWeights;

    @Enumerated(EnumType.STRING)
    public QuorumKind quorumKind;

    public int quorumNum;
    public int quorumDen;
    public long quorumAtLeast;
    public long yesAtLeast;

    @ElementCollection
    @CollectionTable(name = "decision_threshold", joinColumns = @JoinColumn(name = "rule_id"))
    @OrderBy("position")
    public List<DecisionThreshold> thresholds = new ArrayList<>();

    public int minVotingSeconds;
    public int defaultVotingSeconds;
    public int maxVotingSeconds;

    @Enumerated(EnumType.STRING)
    public EarlyClose earlyClose;

    public boolean earlyCloseByItself;
    public boolean selfReview;

    @Enumerated(EnumType.STRING)
    public Secrecy secrecy;

    @Enumerated(EnumType.STRING)
    public Results results;

    public boolean isDefault;

    DecisionRule() {}

    private static final String WITH_THRESHOLDS = "from DecisionRule r left join fetch r.thresholds t where ";

    /** One of a community that the viewer sees; else {@code not-found}. */
    static Uni<DecisionRule> visibleTo(Viewer viewer, UUID id) {
        return DecisionRule.<DecisionRule>find(
                        WITH_THRESHOLDS
                                + "r.id = ?2 and exists (select 1 from Community c where c.id = r.communityId and "
                                + Community.SEEN + ") order by t.position",
                        viewer.userIdOrNobody(),
                        id)
                .list()
                .map(found -> {
                    if (found.isEmpty()) throw new NotFound();
                    DecisionRule rule = found.get(0);
                    return viewer.reached(rule.communityId, rule);
                });
    }

    /** The same, read while no other rule of its community is written or adopted, with the one that is the default. */
    static Uni<Adoption> heldBy(Viewer viewer, UUID id) {
        return Hold.glimpsed(visibleTo(viewer, id))
                .chain(seen -> hold(seen.communityId).chain(() -> visibleTo(viewer, id)))
                .chain(rule -> DecisionRule.<DecisionRule>find("communityId = ?1 and isDefault", rule.communityId)
                        .singleResult()
                        .map(current -> new Adoption(rule, current)));
    }

    /** How often a rule of this name was written in a community that the viewer has found; nobody writes or adopts another until the caller is done. */
    static Uni<Integer> heldRevision(Community community, String name) {
        return hold(community.id)
                .chain(() -> DecisionRule.find(
                                "select coalesce(max(r.revision), 0) from DecisionRule r where r.communityId = ?1 and r.name = ?2",
                                community.id,
                                name)
                        .project(Integer.class)
                        .singleResult());
    }

    /** Locks the first rule of the community, which is never deleted. */
    private static Uni<DecisionRule> hold(UUID communityId) {
        return DecisionRule.<DecisionRule>find("communityId = ?1 order by id", communityId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** A page of the rules of a community that the viewer has found, in the order of their making. */
    static Uni<List<DecisionRule>> page(Community community, Paging paging) {
        return DecisionRule.<DecisionRule>find(
                        WITH_THRESHOLDS + "r.id in "
                                + "(select s.id from DecisionRule s where s.communityId = ?1 and s.id > ?2 order by s.id limit ?3) order by r.id, t.position",
                        community.id,
                        paging.after(Cursor.of(new UUID(0, 0))).id(),
                        paging.rows())
                .list();
    }

    /** The rule that a proposal, found by the viewer, is decided by: the one it names, else the default of its community. */
    static Uni<DecisionRule> of(Proposal proposal) {
        return of(proposal.communityId, proposal.ruleId);
    }

    /** The same of a question. */
    static Uni<DecisionRule> of(Question question) {
        return of(question.communityId, question.ruleId);
    }

    private static Uni<DecisionRule> of(UUID communityId, @Nullable UUID named) {
        String rule = WITH_THRESHOLDS + "r.communityId = ?1 and ";
        return named == null
                ? DecisionRule.<DecisionRule>find(rule + "r.isDefault order by t.position", communityId)
                        .singleResult()
                : DecisionRule.<DecisionRule>find(rule + "r.id = ?2 order by t.position", communityId, named)
                        .singleResult();
    }

    /** Stores new rules with their thresholds. */
    static Uni<Void> store(Stream<DecisionRule> rules) {
        return persist(rules);
    }

    /**
     * A new rule, or the next revision of one. Problems: {@code not-allowed}, {@code rule-inconsistent}, and {@code group-unknown} when it is stored.
     *
     * @param last how many revisions there are
     */
    static DecisionRule write(Member by, WriteRule in, int last) {
        GovernanceRights.requireToEditRules(by);
        return write(by.communityId, in.terms(last + 1), false);
    }

    RuleWritten written() {
        return new RuleWritten(communityId, id, revision, terms().hash());
    }

    static DecisionRule write(UUID communityId, RuleTerms terms, boolean isDefault) {
        DecisionRule rule = new DecisionRule();
        rule.communityId = communityId;
        rule.name = terms.name();
        rule.revision = terms.revision();
        rule.voterRoles = terms.voterRoles().toArray(Role[]::new);
        rule.tenureSeconds = terms.tenureSeconds();
        rule.attendanceGroupId = terms.attendanceGroupId();
        rule.attendanceLast = terms.attendanceLast();
        rule.attendanceAtLeast = terms.attendanceAtLeast();
        rule.weighting = terms.weighting();
        rule.roleWeights = terms.weighting() == Weighting.BY_ROLE ? weights(terms.roleWeights()) : null;
        rule.quorumKind = terms.quorumKind();
        rule.quorumNum = terms.quorumNum();
        rule.quorumDen = terms.quorumDen();
        rule.quorumAtLeast = terms.quorumAtLeast();
        rule.yesAtLeast = terms.yesAtLeast();
        for (RuleTerms.Threshold threshold : terms.thresholds())
            rule.thresholds.add(DecisionThreshold.of(communityId, rule.thresholds.size() + 1, threshold));
        rule.minVotingSeconds = terms.minVotingSeconds();
        rule.defaultVotingSeconds = terms.defaultVotingSeconds();
        rule.maxVotingSeconds = terms.maxVotingSeconds();
        rule.earlyClose = terms.earlyClose();
        rule.earlyCloseByItself = terms.earlyCloseByItself();
        rule.selfReview = terms.selfReview();
        rule.secrecy = terms.secrecy();
        rule.results = terms.results();
        rule.isDefault = isDefault;
        return rule;
    }

    /** Stops being the default, for the one that takes its place. Problems: {@code members-only}, {@code not-allowed}. */
    void giveWay(Member by) {
        GovernanceRights.requireToEditRules(by);
        isDefault = false;
    }

    /** Becomes what proposals are decided by that name no rule. Problems: {@code members-only}, {@code not-allowed}. */
    RuleAdopted adopt(Member by, DecisionRule before) {
        GovernanceRights.requireToEditRules(by);
        isDefault = true;
        return new RuleAdopted(communityId, id, before.id);
    }

    /** What it says, without what it is to its community. */
    RuleTerms terms() {
        return new RuleTerms(
                name,
                revision,
                List.of(voterRoles),
                tenureSeconds,
                attendanceGroupId,
                attendanceLast,
                attendanceAtLeast,
                weighting,
                weights(roleWeights),
                quorumKind,
                quorumNum,
                quorumDen,
                quorumAtLeast,
                yesAtLeast,
                thresholds.stream().map(DecisionThreshold::terms).toList(),
                minVotingSeconds,
                defaultVotingSeconds,
                maxVotingSeconds,
                earlyClose,
                earlyCloseByItself,
                selfReview,
                secrecy,
                results);
    }

    private static JsonObject weights(Map<Role, Integer> weights) {
        JsonObject json = new JsonObject();
        weights.forEach((role, weight) -> json.put(role.name(), weight));
        return json;
    }

    private static Map<Role, Integer> weights(@Nullable JsonObject json) {
        Map<Role, Integer> weights = new EnumMap<>(Role.class);
        if (json != null) for (String role : json.fieldNames()) weights.put(Role.valueOf(role), json.getInteger(role));
        return weights;
    }
}
