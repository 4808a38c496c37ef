package org.townsquare.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.townsquare.platform.Digest;

/** The one style block of the pages, and the policy that lets it in by its hash. */
final class Style {
    static final String TEXT = """
            :root { color-scheme: light dark; }
            body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; }
            main { max-width: 34rem; margin: 0 auto; padding: 1.5rem; }
            h1 { font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
            dt { font-weight: 600; }
            dd { margin: 0 0 .75rem; overflow-wrap: anywhere; }
            button { font: inherit; font-weight: 600; min-height: 3rem; width: 100%; border: 2px solid; border-radius: .5rem; cursor: pointer; }
            .said { padding: 1rem; border: 2px solid; border-radius: .5rem; font-weight: 600; }
            """;

    static final String POLICY = "default-src 'self'; style-src 'self' 'sha256-" + hash()
            + "'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private Style() {}

    private static String hash() {
        return Base64.getEncoder()
                .encodeToString(
                        Digest.sha256(TEXT.getBytes(StandardCharsets.UTF_8)).bytes());
    }
}
