package org.townsquare.governance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Role;
import org.townsquare.journal.CanonicalJson;
import org.townsquare.platform.Digest;

/**
 * What a decision rule says, as it is copied to a proposal when its vote opens. Whatever becomes of the rule, the copy decides.
 *
 * @param voterRoles who votes: members with one of these roles; empty: every active member
 * @param tenureSeconds how long a voter must have been a member when the vote opens
 * @param attendanceGroupId where set, a voter has credit for at least attendanceAtLeast of the attendanceLast latest events of this group
 * @param roleWeights for BY_ROLE
 * @param quorumNum with quorumDen the share of the electorate's weight that the quorum asks
 * @param yesAtLeast the least weight in favour, never below 1
 * @param earlyCloseByItself whether the vote closes without anybody's act as soon as every elector has voted
 */
@RegisterForReflection
record RuleTerms(
        String name,
        int revision,
        List<Role> voterRoles,
        long tenureSeconds,
        @Nullable UUID attendanceGroupId,
        @Nullable Integer attendanceLast,
        @Nullable Integer attendanceAtLeast,
        Weighting weighting,
        Map<Role, Integer> roleWeights,
        QuorumKind quorumKind,
        int quorumNum,
        int quorumDen,
        long quorumAtLeast,
        long yesAtLeast,
        List<Threshold> thresholds,
        int minVotingSeconds,
        int defaultVotingSeconds,
        int maxVotingSeconds,
        EarlyClose earlyClose,
        boolean earlyCloseByItself,
        boolean selfReview,
        Secrecy secrecy,
        Results results) {
    private static final int DAY = 86_400;

    /** Its own, so that the form of the copies does not follow that of the API. */
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** The share of a base that must be in favour; {@code strict}: more than it. */
    @RegisterForReflection
    record Threshold(ThresholdBase base, int num, int den, boolean strict) {}

    static RuleTerms of(JsonObject copy) {
        try {
            return JSON.readValue(copy.encode(), RuleTerms.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a copy of a rule that cannot be read", e);
        }
    }

    /** The one text (RFC 8785) of these terms. */
    String canonical() {
        return CanonicalJson.write(JSON.valueToTree(this));
    }

    /** SHA-256 of {@link #canonical}. */
    Digest hash() {
        return Digest.sha256(canonical().getBytes(StandardCharsets.UTF_8));
    }

    List<RuleWarning> warnings() {
        var found = EnumSet.noneOf(RuleWarning.class);
        if ((quorumKind == QuorumKind.PARTICIPATION || quorumKind == QuorumKind.YES_PLUS_ABSTAIN) && quorumNum > 0)
            found.add(RuleWarning.NO_SHOW_PARADOX);
        if (minVotingSeconds < DAY) found.add(RuleWarning.SHORT_VOTING);
        if (earlyClose == EarlyClose.BY_COUNCIL) found.add(RuleWarning.CLOSED_BY_COUNCIL);
        if (selfReview) found.add(RuleWarning.SELF_REVIEW);
        return List.copyOf(found);
    }
}
