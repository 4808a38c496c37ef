package org.townsquare.platform;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stands where no installation brought a sender: with {@code townsquare.phone-by-mail=true}, as in dev, trial and tests, a text for +4930123456 is
 * mailed to +4930123456@phone.invalid; without, nothing is sent.
 */
@Singleton
@DefaultBean
class PhoneByMail implements PhoneSender {
    private final Mailer mailer;
    private final boolean ready;

    PhoneByMail(
            Mailer mailer, @ConfigProperty(name = "townsquare.phone-by-mail", defaultValue = "false") boolean ready) {
        this.mailer = mailer;
        this.ready = ready;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public Uni<Void> send(String phone, String text) {
        return mailer.send(phone + "@phone.invalid", "Text message", text);
    }
}
