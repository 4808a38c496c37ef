package org.townsquare.audit;

import java.util.UUID;
import org.townsquare.communities.AuditReaders;
import org.townsquare.communities.Community;
import org.townsquare.communities.Member;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Permission;

/**
 * Who reads a log.
 *
 * @param signedIn whether they have an account
 * @param impersonated whether an admin acts as them
 * @param platform whether as a PLATFORM_ADMIN, too
 * @param readers whom the community lets read it
 */
record AuditReader(Member member, boolean signedIn, boolean impersonated, boolean platform, AuditReaders readers) {
    /** Of what belongs to no community. */
    private static final UUID NOWHERE = new UUID(0, 0);

    static AuditReader of(Viewer viewer, Community community) {
        return new AuditReader(
                viewer.in(community.id),
                viewer.actorId() != null,
                viewer.isImpersonated(),
                viewer.hasPlatform(Permission.AUDIT_READ),
                community.auditReaders());
    }

    /** Of the entries of the installation. */
    static AuditReader ofInstallation(Viewer viewer) {
        return outside(viewer, NOWHERE, viewer.hasPlatform(Permission.PLATFORM_AUDIT));
    }

    /** Of a community that they do not see: what is their own alone. */
    static AuditReader outside(Viewer viewer, UUID communityId) {
        return outside(viewer, communityId, false);
    }

    private static AuditReader outside(Viewer viewer, UUID communityId, boolean platform) {
        return new AuditReader(
                viewer.in(communityId),
                viewer.actorId() != null,
                viewer.isImpersonated(),
                platform,
                AuditReaders.COUNCIL);
    }

    UUID userId() {
        return member.userId;
    }

    /** Whether the log shows who did something: strangers are not told who the members are. */
    boolean knowsMembers() {
        return platform || member.mayRead();
    }
}
