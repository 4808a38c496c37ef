package org.townsquare.identity;

import static org.townsquare.identity.Role.ADMIN;
import static org.townsquare.identity.Role.CITIZEN;
import static org.townsquare.identity.Role.COUNCIL;
import static org.townsquare.identity.Role.ORGANIZER;

import java.util.Set;

/** The one table of rights: what each role may do in its community. What depends on the thing itself stands in the {@code *Rights} of its feature. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are those of Set.of
public enum Permission {
    MEMBER_READ("member:read", CITIZEN),
    MEMBER_ROLES("member:roles", ADMIN),

    PROPOSAL_DRAFT("proposal:draft", CITIZEN),
    PROPOSAL_SUBMIT("proposal:submit", CITIZEN),
    PROPOSAL_REVIEW("proposal:review", COUNCIL, ADMIN),
    PROPOSAL_CLOSE("proposal:close", COUNCIL, ADMIN),
    VOTE_CAST("vote:cast", CITIZEN),

    EVENT_MANAGE("event:manage", ADMIN, ORGANIZER),
    ATTENDANCE_READ("attendance:read", ADMIN, ORGANIZER),

    AUDIT_READ("audit:read", CITIZEN),
    AUDIT_READ_VOTERS("audit:read-voters", COUNCIL, ADMIN);

    private final String text;
    private final Set<Role> roles;

    Permission(String text, Role... roles) {
        this.text = text;
        this.roles = Set.of(roles);
    }

    /** As it stands in documents. */
    public String text() {
        return text;
    }

    /** The roles that give it. */
    public Set<Role> roles() {
        return roles;
    }
}
