package org.townsquare.identity;

import jakarta.inject.Singleton;
import java.util.List;
import org.townsquare.journal.Fact;
import org.townsquare.journal.FactKinds;

@Singleton
class IdentityFacts implements FactKinds {
    @Override
    public List<Class<? extends Fact>> facts() {
        return List.of(UserSignedUp.class, SignedIn.class, SignedOut.class);
    }
}
