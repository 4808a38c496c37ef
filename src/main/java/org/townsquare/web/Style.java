package org.townsquare.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.townsquare.platform.Digest;

/** The one style block of a page, and the policy that lets it in by its hash. */
public enum Style {
    /** At the door, where the answer is small. */
    CHECK_IN(""),

    /** On the wall of a hall: the symbol and the code as large as the screen allows. */
    DISPLAY("""
            body { background: #fff; color: #000; color-scheme: light; }
            main { max-width: none; min-height: 100vh; box-sizing: border-box; padding: 2vmin; display: grid; gap: 2vmin 4vmin; align-content: center; justify-items: center; text-align: center; }
            .symbol svg { display: block; width: 68vmin; height: 68vmin; }
            .code { margin: 0; font: 700 max(12vh, 2rem)/1.15 ui-monospace, "DejaVu Sans Mono", monospace; }
            .code span { white-space: nowrap; }
            h1 { margin: 0; font-size: max(4vmin, 1.25rem); }
            p { margin: 0 0 1vmin; font-size: max(3vmin, 1rem); }
            .address { overflow-wrap: anywhere; }
            @media (min-aspect-ratio: 13/10) { main { grid-template-columns: 70vmin minmax(0, 1fr); align-items: center; } .symbol svg { width: 70vmin; height: 70vmin; } }
            """),

    /** For those who organise. */
    DESK("""
            main { max-width: 52rem; }
            header { max-width: 52rem; margin: 0 auto; padding: .5rem 1.5rem; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; }
            h2 { font-size: 1.375rem; line-height: 1.3; margin: 2rem 0 .5rem; }
            a { display: inline-block; padding: .5rem 0; overflow-wrap: anywhere; }
            ul { list-style: none; padding: 0; }
            li { padding: .5rem 0; border-top: 1px solid #767676; overflow-wrap: anywhere; }
            li p { margin: 0; }
            label { display: block; font-weight: 600; margin-top: 1rem; }
            input, select, textarea { font: inherit; width: 100%; box-sizing: border-box; min-height: 3rem; padding: .5rem; border: 2px solid #767676; border-radius: .5rem; }
            input[type=checkbox] { width: 1.5rem; min-height: 1.5rem; vertical-align: middle; }
            summary { min-height: 3rem; line-height: 3rem; font-weight: 600; cursor: pointer; }
            form button { margin-top: 1rem; }
            header form button { margin: 0; padding: 0 1rem; width: auto; }
            .hint { margin: .25rem 0; }
            .wrong { color: #8a1c1c; background: #fdecec; font-weight: 600; margin: .25rem 0; padding: .25rem .5rem; }
            .tags { font-weight: 600; }
            """);

    private final String text;
    private final String policy;

    Style(String more) {
        text = Base.TEXT + more;
        policy = "default-src 'self'; style-src 'self' 'sha256-" + hash(text)
                + "'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /** The block. */
    public String text() {
        return text;
    }

    String policy() {
        return policy;
    }

    private static String hash(String text) {
        return Base64.getEncoder()
                .encodeToString(
                        Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    /** Of all pages; apart, since the constants above are built before the fields of their own class. */
    private static final class Base {
        private static final String TEXT = """
                :root { color-scheme: light dark; }
                body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; }
                main { max-width: 34rem; margin: 0 auto; padding: 1.5rem; }
                h1 { font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
                dt { font-weight: 600; }
                dd { margin: 0 0 .75rem; overflow-wrap: anywhere; }
                a { display: inline-block; padding: .75rem 0; }
                button { font: inherit; font-weight: 600; min-height: 3rem; width: 100%; border: 2px solid; border-radius: .5rem; cursor: pointer; }
                :focus-visible { outline: 3px solid; outline-offset: 2px; }
                .said { padding: 1rem; border: 2px solid; border-radius: .5rem; font-weight: 600; overflow-wrap: anywhere; }
                .done { color: #0b4f2a; background: #e6f6ec; }
                .refused { color: #8a1c1c; background: #fdecec; }
                .away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
                """;
    }
}
