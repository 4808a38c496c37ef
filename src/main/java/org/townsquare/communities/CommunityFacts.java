package org.townsquare.communities;

import jakarta.inject.Singleton;
import java.util.List;
import org.townsquare.journal.Fact;
import org.townsquare.journal.FactKinds;

@Singleton
class CommunityFacts implements FactKinds {
    @Override
    public List<Class<? extends Fact>> facts() {
        return List.of(CommunityFounded.class, MemberJoined.class, MembershipAsked.class, RolesChanged.class);
    }
}
