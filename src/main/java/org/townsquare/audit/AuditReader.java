package org.townsquare.audit;

import java.util.UUID;
import org.townsquare.communities.AuditReaders;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Permission;

/**
 * Who reads a community's log.
 *
 * @param signedIn whether they have an account
 * @param impersonated whether an admin acts as them
 * @param platform whether as a PLATFORM_ADMIN, too
 * @param readers whom the community lets read it
 */
record AuditReader(Member member, boolean signedIn, boolean impersonated, boolean platform, AuditReaders readers) {
    static AuditReader of(Viewer viewer, Community community) {
        return new AuditReader(
                viewer.in(community.id),
                viewer.actorId() != null,
                viewer.isImpersonated(),
                viewer.hasPlatform(Permission.AUDIT_READ),
                community.auditReaders());
    }

    UUID userId() {
        return member.userId;
    }

    /** Whether the log shows who did something: strangers are not told who the members are. */
    boolean knowsMembers() {
        return platform || member.mayRead();
    }
}
