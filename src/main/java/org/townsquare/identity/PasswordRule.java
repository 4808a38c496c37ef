package org.townsquare.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Unprocessable;

/**
 * What a new password must be: 8 to 128 characters of any script ({@link NewPassword}), none of those that everybody tries first, and neither the name
 * nor the e-mail of its owner.
 */
final class PasswordRule {
    static final int SHORTEST = 8;
    static final int LONGEST = 128;

    /** How long the text of a password may be, which Unicode may write with more characters than it has. */
    static final int LONGEST_TEXT = 1_000;

    private static final String LIST = "com/nulabinc/zxcvbn/matchers/dictionaries/passwords.txt";
    private static final Set<String> COMMON = common();

    private PasswordRule() {}

    /** Problems: {@code password-too-common}. */
    static void require(String password, String name, @Nullable String email) {
        String folded = fold(password);
        if (COMMON.contains(folded) || folded.equals(fold(name)) || (email != null && folded.equals(fold(email))))
            throw new Unprocessable(
                    "password-too-common",
                    "This is one of the passwords that are tried first, or your name or e-mail: choose another.");
    }

    /** Characters of Unicode as a reader counts them at the least: code points in the composed form. */
    static boolean hasLength(String password) {
        String composed = Normalizer.normalize(password, Normalizer.Form.NFC);
        int length = composed.codePointCount(0, composed.length());
        return length >= SHORTEST && length <= LONGEST;
    }

    private static String fold(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** Of the library's list those that are long enough to be asked about. */
    private static Set<String> common() {
        try (var in = PasswordRule.class.getClassLoader().getResourceAsStream(LIST)) {
            if (in == null) throw new IllegalStateException("no " + LIST);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(word -> word.codePointCount(0, word.length()) >= SHORTEST)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
