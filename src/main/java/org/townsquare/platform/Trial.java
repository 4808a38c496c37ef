package org.townsquare.platform;

/**
 * Whether nothing depends on this installation yet: in development, in tests and in the package for a trial, which bring a PostgreSQL of their own, and
 * where {@code townsquare.trial=true} says so. There secrets are drawn, and what production refuses to start with is a warning.
 */
public final class Trial {
    static final String KEY = "townsquare.trial";

    private Trial() {}

    public static boolean isOne() {
        return EmbeddedPostgres.isPackaged()
                || DatabaseSettings.config()
                        .getOptionalValue(KEY, Boolean.class)
                        .orElse(false);
    }
}
