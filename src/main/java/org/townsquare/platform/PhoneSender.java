package org.townsquare.platform;

import io.smallrye.mutiny.Uni;

/**
 * Sends a short text to a phone. An installation brings its own as a CDI bean of this type ({@code @Singleton}, in a module of the build), which then
 * takes the place of the one that is there. Called by followers alone, who try again what fails: it must neither log the text nor name the number in an
 * exception.
 */
public interface PhoneSender {
    /** Whether it can send at all; where not, nobody is asked to prove a phone. */
    default boolean isReady() {
        return true;
    }

    /**
     * Ends when the text is on its way.
     *
     * @param phone E.164
     */
    Uni<Void> send(String phone, String text);
}
