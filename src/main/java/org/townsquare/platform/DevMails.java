package org.townsquare.platform;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last mails, newest first, as plain text at {@code /dev/mails}. There is no such page but in dev and trial, where no mail leaves the machine. */
@Singleton
@IfBuildProfile(anyOf = {"dev", "trial"})
class DevMails {
    private static final int MOST = 200;

    private final Deque<String> mails = new ArrayDeque<>();

    synchronized void keep(String to, String subject, String text) {
        mails.addFirst("To: " + to + "\nSubject: " + subject + "\n\n" + text);
        if (mails.size() > MOST) mails.removeLast();
    }

    synchronized String page() {
        return mails.isEmpty() ? "No mail yet.\n" : String.join("\n\n" + "-".repeat(72) + "\n\n", mails);
    }

    void serve(@Observes Router router) {
        router.get("/dev/mails")
                .handler(at -> at.response()
                        .putHeader("Content-Type", "text/plain;charset=UTF-8")
                        .putHeader("Cache-Control", "no-store")
                        .end(page())
                        .onFailure(at::fail));
    }
}
