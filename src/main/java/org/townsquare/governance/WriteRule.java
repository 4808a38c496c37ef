package org.townsquare.governance;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Role;
import org.townsquare.platform.Problem.Unprocessable;

/** The request to write a decision rule. What is left out is as in the rules that every community begins with. */
record WriteRule(
        @Schema(description = "The name of a rule that there is makes this its next revision.")
        @NotBlank
        @Size(max = 80)
        String name,

        @Schema(description = "Who votes: members with one of these roles; by default every active member.")
        @Size(max = 7)
        @Nullable
        Set<@NotNull Role> voterRoles,

        @Schema(description = "How long a voter must have been a member when the vote opens.")
        @Min(0)
        @Max(3_162_240_000L)
        @Nullable
        Long tenureSeconds,

        @Schema(description = "Only who attended enough of this group's events votes.") @Nullable
        UUID attendanceGroupId,

        @Schema(description = "How many of the group's latest events count.") @Min(1) @Max(50) @Nullable
        Integer attendanceLast,

        @Schema(description = "How many of them a voter attended at least.") @Min(1) @Max(50) @Nullable
        Integer attendanceAtLeast,

        @Nullable Weighting weighting,

        @Schema(
                description =
                        "For BY_ROLE: the weight of a role; the largest of a voter's roles counts, 1 without one.")
        @Size(max = 7)
        @Nullable
        Map<@NotNull Role, @NotNull @Min(1) @Max(1_000_000) Integer> roleWeights,

        @Nullable QuorumKind quorumKind,
        @Min(0) @Max(10_000) @Nullable Integer quorumNum,
        @Min(1) @Max(10_000) @Nullable Integer quorumDen,
        @Min(0) @Max(MOST_WEIGHT) @Nullable Long quorumAtLeast,

        @Schema(description = "The least weight in favour, 1 by default.") @Min(1) @Max(MOST_WEIGHT) @Nullable
        Long yesAtLeast,

        @Schema(description = "Shares that must all be in favour.") @NotNull @Size(min = 1, max = 3)
        List<@NotNull @Valid Share> thresholds,

        @Min(0) @Max(Presets.LEAP_YEAR) @Nullable Integer minVotingSeconds,
        @Min(0) @Max(Presets.LEAP_YEAR) @Nullable Integer defaultVotingSeconds,
        @Min(0) @Max(Presets.LEAP_YEAR) @Nullable Integer maxVotingSeconds,
        @Nullable EarlyClose earlyClose,

        @Schema(description = "For ALL_VOTED: close without anybody's act as soon as every elector has voted.")
        @Nullable
        Boolean earlyCloseByItself,

        @Schema(description = "Whether the council may open the vote on its own proposals.") @Nullable
        Boolean selfReview,

        @Nullable Secrecy secrecy,
        @Nullable Results results) {
    /** The weight of the largest electorate. */
    private static final long MOST_WEIGHT = 10_000_000_000_000L;

    /** A share of a base that must be in favour; strict: more than it. */
    @Schema(name = "WriteRuleShare")
    record Share(
            @NotNull ThresholdBase base,
            @NotNull @Min(1) @Max(10_000) Integer num,
            @NotNull @Min(1) @Max(10_000) Integer den,
            @Nullable Boolean strict) {
        RuleTerms.Threshold terms() {
            require(num <= den && 2 * num >= den, "The share of a threshold lies between one half and the whole.");
            return new RuleTerms.Threshold(base, num, den, Boolean.TRUE.equals(strict));
        }
    }

    /** What the rule says then. Problems: {@code rule-inconsistent}. */
    RuleTerms terms(int revision) {
        int min = or(minVotingSeconds, 0);
        int max = or(maxVotingSeconds, Presets.LEAP_YEAR);
        int usual = or(defaultVotingSeconds, Math.max(min, Math.min(max, Presets.WEEK)));
        require(
                min <= usual && usual <= max,
                "minVotingSeconds is at most defaultVotingSeconds, which is at most maxVotingSeconds.");
        var terms = new RuleTerms(
                name.strip(),
                revision,
                voterRoles == null || voterRoles.isEmpty() ? List.of() : List.copyOf(EnumSet.copyOf(voterRoles)),
                or(tenureSeconds, 0L),
                attendanceGroupId,
                attendanceLast,
                attendanceAtLeast,
                or(weighting, Weighting.EQUAL),
                roleWeights == null || roleWeights.isEmpty() ? Map.of() : new EnumMap<>(roleWeights),
                or(quorumKind, QuorumKind.NONE),
                or(quorumNum, 0),
                or(quorumDen, 1),
                or(quorumAtLeast, 0L),
                or(yesAtLeast, 1L),
                thresholds.stream().map(Share::terms).toList(),
                min,
                usual,
                max,
                or(earlyClose, EarlyClose.ALL_VOTED),
                Boolean.TRUE.equals(earlyCloseByItself),
                Boolean.TRUE.equals(selfReview),
                or(secrecy, Secrecy.MEMBERS),
                or(results, Results.LIVE));
        requireConsistent(terms);
        return terms;
    }

    private static void requireConsistent(RuleTerms terms) {
        require(
                (terms.weighting() == Weighting.BY_ROLE) != terms.roleWeights().isEmpty(),
                "roleWeights belong to the weighting BY_ROLE, which needs one at least.");
        boolean asked = terms.quorumNum() > 0 || terms.quorumAtLeast() > 0;
        require(
                (terms.quorumKind() != QuorumKind.NONE) == asked,
                "A quorum has a kind and asks for a share (quorumNum of quorumDen) or a number (quorumAtLeast); without a kind it asks for nothing.");
        require(terms.quorumNum() <= terms.quorumDen(), "quorumNum is at most quorumDen.");
        Integer last = terms.attendanceLast();
        Integer atLeast = terms.attendanceAtLeast();
        require(
                (terms.attendanceGroupId() == null) == (last == null) && (last == null) == (atLeast == null),
                "attendanceGroupId, attendanceLast and attendanceAtLeast are given together.");
        require(last == null || atLeast == null || atLeast <= last, "attendanceAtLeast is at most attendanceLast.");
        require(
                !terms.earlyCloseByItself() || terms.earlyClose() == EarlyClose.ALL_VOTED,
                "A vote closes by itself only where earlyClose is ALL_VOTED.");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new Unprocessable("rule-inconsistent", otherwise);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return Objects.requireNonNullElse(given, otherwise);
    }
}
