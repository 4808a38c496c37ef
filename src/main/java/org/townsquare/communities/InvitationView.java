package org.townsquare.communities;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;

/** An invitation as those see it who may invite. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvitationView(
        UUID id,
        UUID communityId,

        @Schema(description = "Whom it was sent to; for who sent it and for ADMINs.") @Nullable
        String email,

        List<Role> roles,
        UUID invitedBy,
        int maxUses,
        int uses,
        InvitationStatus status,
        Instant createdAt,
        Instant expiresAt,

        @Schema(description = "What whoever accepts it shows; of an open link alone, a mail holds its own.") @Nullable
        String token) {
    static InvitationView of(Invitation invitation, Member viewer, InvitationTokens tokens, Instant now) {
        InvitationStatus status = invitation.statusAt(now);
        boolean whole = viewer.userId.equals(invitation.invitedBy) || viewer.may(Permission.MEMBER_READ_ALL);
        boolean link = invitation.email == null && status == InvitationStatus.OPEN;
        return new InvitationView(
                invitation.id,
                invitation.communityId,
                whole ? invitation.email : null,
                List.of(invitation.roles),
                invitation.invitedBy,
                invitation.maxUses,
                invitation.uses,
                status,
                invitation.createdAt,
                invitation.expiresAt,
                link ? tokens.of(invitation.id) : null);
    }
}
