package org.townsquare.platform;

/** Why the service does not start: one sentence for the person who started it, printed without a stack. */
public class StartRefused extends RuntimeException {
    public StartRefused(String sentence) {
        super(sentence);
    }

    public StartRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
