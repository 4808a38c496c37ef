package org.townsquare.identity;

import static org.townsquare.identity.Permission.Mark.ANYBODY;
import static org.townsquare.identity.Permission.Mark.IMPERSONATED;
import static org.townsquare.identity.Permission.Mark.NARROWABLE;
import static org.townsquare.identity.Permission.Mark.NOT_ON_OWN;
import static org.townsquare.identity.Permission.Mark.OWN;
import static org.townsquare.identity.Permission.Mark.PLATFORM;
import static org.townsquare.identity.Permission.Mark.READS;
import static org.townsquare.identity.Role.ADMIN;
import static org.townsquare.identity.Role.CITIZEN;
import static org.townsquare.identity.Role.COUNCIL;
import static org.townsquare.identity.Role.ORGANIZER;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The one table of rights: what each role may do in its community, and what everybody may do with the own account. Every endpoint names its permission
 * ({@link Access}). What depends on the thing itself stands in the {@code *Rights} of its feature.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets are never changed
public enum Permission {
    ACCOUNT_OPEN("account:open", of(), ANYBODY),
    ACCOUNT_READ("account:read", of(), ANYBODY, OWN, READS, IMPERSONATED),
    ACCOUNT_EDIT("account:edit", of(), ANYBODY, OWN),
    ACCOUNT_SESSIONS("account:sessions", of(), ANYBODY, OWN),
    ACCOUNT_KEYS("account:keys", of(), ANYBODY, OWN),
    ACCOUNT_IMPERSONATION("account:impersonation", of(), ANYBODY, OWN, IMPERSONATED),
    ACCOUNT_EXPORT("account:export", of(), ANYBODY, OWN, READS),
    ACCOUNT_ERASE("account:erase", of(), ANYBODY, OWN),
    USER_READ("user:read", of(), ANYBODY, READS, IMPERSONATED),
    PERMISSION_READ("permission:read", of(), ANYBODY, READS, IMPERSONATED),

    MARKET_READ("market:read", of(), ANYBODY, READS, IMPERSONATED),
    MARKET_EDIT("market:edit", of(), PLATFORM),
    COMMUNITY_FOUND("community:found", of(), ANYBODY),
    COMMUNITY_READ("community:read", of(), ANYBODY, READS, PLATFORM, IMPERSONATED),
    COMMUNITY_EDIT("community:edit", of(ADMIN)),
    COMMUNITY_SETTINGS("community:settings", of(ADMIN)),
    COMMUNITY_DELETE("community:delete", of(ADMIN)),
    COMMUNITY_SUSPEND("community:suspend", of(), PLATFORM),
    COMMUNITY_RESTORE("community:restore", of(), PLATFORM),
    MEMBER_READ("member:read", of(CITIZEN), READS, PLATFORM, IMPERSONATED),
    MEMBER_JOIN("member:join", of(), ANYBODY, OWN),
    MEMBER_READ_ALL("member:read-all", of(ADMIN), READS),
    MEMBER_INVITE("member:invite", of(COUNCIL, ADMIN, ORGANIZER), NARROWABLE),
    MEMBER_ADMIT("member:admit", of(ADMIN)),
    MEMBER_SUSPEND("member:suspend", of(ADMIN)),
    MEMBER_BAN("member:ban", of(ADMIN)),
    MEMBER_REMOVE("member:remove", of(ADMIN)),
    MEMBER_ROLES("member:roles", of(ADMIN), PLATFORM),

    RULES_READ("rules:read", of(), ANYBODY, READS, IMPERSONATED),
    RULES_EDIT("rules:edit", of(ADMIN)),
    PROPOSAL_READ("proposal:read", of(), ANYBODY, READS, IMPERSONATED),
    PROPOSAL_DRAFT("proposal:draft", of(CITIZEN), NARROWABLE),
    PROPOSAL_SUBMIT("proposal:submit", of(CITIZEN), OWN),
    PROPOSAL_REVIEW("proposal:review", of(COUNCIL, ADMIN), NOT_ON_OWN),
    PROPOSAL_CLOSE("proposal:close", of(COUNCIL, ADMIN)),
    PROPOSAL_ARCHIVE("proposal:archive", of(COUNCIL, ADMIN)),
    PROPOSAL_CANCEL("proposal:cancel", of(ADMIN), PLATFORM),
    ELECTOR_READ("elector:read", of(COUNCIL, ADMIN), READS),
    TALLY_READ("tally:read", of(), ANYBODY, READS, IMPERSONATED),
    VOTE_CAST("vote:cast", of(CITIZEN)),
    VOTE_READ("vote:read", of(), ANYBODY, READS),
    COMMENT_READ("comment:read", of(), ANYBODY, READS, IMPERSONATED),
    COMMENT_WRITE("comment:write", of(CITIZEN), NARROWABLE),
    COMMENT_HIDE("comment:hide", of(COUNCIL, ADMIN)),
    QUESTION_READ("question:read", of(), ANYBODY, READS, IMPERSONATED),
    QUESTION_MANAGE("question:manage", of(COUNCIL, ADMIN)),
    QUESTION_ANSWER("question:answer", of(CITIZEN)),
    QUESTION_CANCEL("question:cancel", of(ADMIN)),

    EVENT_READ("event:read", of(), ANYBODY, READS, IMPERSONATED),
    EVENT_MANAGE("event:manage", of(ADMIN, ORGANIZER)),
    CHECK_IN_SELF("check-in:self", of(), ANYBODY),
    ATTENDANCE_READ("attendance:read", of(), ANYBODY, OWN, READS),
    ATTENDANCE_READ_ALL("attendance:read-all", of(ADMIN, ORGANIZER), READS),
    ATTENDANCE_CORRECT("attendance:correct", of(ADMIN, ORGANIZER)),

    AUDIT_READ("audit:read", of(CITIZEN), READS, PLATFORM, IMPERSONATED),
    AUDIT_READ_ALWAYS("audit:read-always", of(COUNCIL, ADMIN), READS),
    AUDIT_EXPORT("audit:export", of(COUNCIL, ADMIN), READS),
    LOG_READ("log:read", of(), ANYBODY, READS, IMPERSONATED),

    PLATFORM_USERS("platform:users", of(), PLATFORM),
    PLATFORM_IMPERSONATE("platform:impersonate", of(), PLATFORM),
    PLATFORM_AUDIT("platform:audit", of(), PLATFORM, READS),
    PLATFORM_FOLLOWERS("platform:followers", of(), PLATFORM);

    private final String text;
    private final Set<Role> roles;
    private final Set<Mark> marks;

    Permission(String text, Set<Role> roles, Mark... marks) {
        this.text = text;
        this.roles = roles;
        this.marks = Set.of(marks);
    }

    /** What holds for a permission beside the roles that give it. */
    public enum Mark {
        /** Everybody who may see the thing has it; in a PRIVATE community its members. */
        ANYBODY,
        /** It changes nothing: a suspended member has it too. */
        READS,
        /** For one's own things alone. */
        OWN,
        /** Never for one's own things. */
        NOT_ON_OWN,
        /** A PLATFORM_ADMIN has it without being a member. */
        PLATFORM,
        /** Allowed to an admin who acts as the user. */
        IMPERSONATED,
        /** A community may narrow it to fewer roles. */
        NARROWABLE,
        /** It moves money. */
        MONEY
    }

    /** The one that stands in documents as this; empty for none. */
    public static Optional<Permission> named(String text) {
        return Arrays.stream(values()).filter(it -> it.text.equals(text)).findFirst();
    }

    /** As it stands in documents. */
    public String text() {
        return text;
    }

    /** The roles that give it. */
    public Set<Role> roles() {
        return roles;
    }

    public boolean is(Mark mark) {
        return marks.contains(mark);
    }

    public Set<Mark> marks() {
        return marks;
    }

    /** Whether an API key can have it as a scope: an account, and acting as another, are for people alone. */
    public boolean isForKeys() {
        return !text.startsWith("account:") && this != PLATFORM_IMPERSONATE;
    }

    /**
     * Whether a key for one community can have it: what roles of that community give, and reading what everybody reads of a community. All else is done
     * outside of it; a check-in too, whose community only its code tells.
     */
    public boolean isForCommunityKeys() {
        return isForKeys() && (!roles.isEmpty() || (is(ANYBODY) && is(READS) && !isOfAllCommunities()));
    }

    private boolean isOfAllCommunities() {
        return this == MARKET_READ || this == USER_READ || this == PERMISSION_READ || this == LOG_READ;
    }

    /** Whether these are fewer of the roles that give it. Every member is a CITIZEN, so what a CITIZEN may can be narrowed to any roles. */
    public boolean narrowsTo(Set<Role> fewer) {
        return is(NARROWABLE) && !fewer.isEmpty() && (roles.contains(CITIZEN) || roles.containsAll(fewer));
    }

    private static Set<Role> of(Role... roles) {
        var set = EnumSet.noneOf(Role.class);
        for (Role role : roles) set.add(role);
        return set;
    }
}
