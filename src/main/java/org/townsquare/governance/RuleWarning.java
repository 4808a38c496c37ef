package org.townsquare.governance;

/** What a community should know about one of its rules. */
public enum RuleWarning {
    /** A NO or an ABSTAIN can make a proposal pass, because it helps to reach the quorum. */
    NO_SHOW_PARADOX,
    /** A vote may be over within a day. */
    SHORT_VOTING,
    /** The council chooses the moment of the close. */
    CLOSED_BY_COUNCIL,
    /** The author may open the vote on an own proposal. */
    SELF_REVIEW
}
