package org.townsquare.communities;

import jakarta.inject.Singleton;
import java.util.List;
import org.townsquare.journal.Fact;
import org.townsquare.journal.FactKinds;

@Singleton
class CommunityFacts implements FactKinds {
    @Override
    public List<Class<? extends Fact>> facts() {
        return List.of(
                CommunityFounded.class,
                CommunityChanged.class,
                SettingsChanged.class,
                CommunityDeleted.class,
                CommunityRestored.class,
                CommunitySuspended.class,
                CommunitySuspensionLifted.class,
                MemberJoined.class,
                MembershipAsked.class,
                MembershipDeclined.class,
                MemberSuspended.class,
                SuspensionLifted.class,
                MemberBanned.class,
                BanLifted.class,
                MemberLeft.class,
                RolesChanged.class,
                InvitationSent.class,
                InvitationAccepted.class,
                InvitationDeclined.class,
                InvitationWithdrawn.class,
                MarketAdded.class,
                MarketChanged.class);
    }
}
