package org.townsquare.identity;

import jakarta.inject.Singleton;
import java.util.List;
import org.townsquare.journal.Fact;
import org.townsquare.journal.FactKinds;

@Singleton
class IdentityFacts implements FactKinds {
    @Override
    public List<Class<? extends Fact>> facts() {
        return List.of(
                UserSignedUp.class,
                SignedIn.class,
                SignedOut.class,
                SessionEnded.class,
                SessionsEnded.class,
                ApiKeyCreated.class,
                ApiKeyChanged.class,
                ApiKeyRevoked.class,
                ApiKeysRevoked.class,
                ImpersonationStarted.class,
                ImpersonationEnded.class,
                UserDisabled.class,
                UserEnabled.class,
                PlatformRolesChanged.class,
                ErasureAsked.class,
                ErasureCalledOff.class,
                UserErased.class,
                SignUpAsked.class,
                ProfileChanged.class,
                VerificationAsked.class,
                EmailConfirmed.class,
                EmailChanged.class,
                PhoneConfirmed.class,
                PasswordChanged.class,
                SignInsThrottled.class);
    }
}
