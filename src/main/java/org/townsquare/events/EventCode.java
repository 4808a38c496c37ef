package org.townsquare.events;

import java.text.Normalizer;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.townsquare.platform.Problem.Unprocessable;
import org.townsquare.platform.PublicUrl;

/** The code of an event: 8 symbols of Crockford's base32, 40 random bits. */
public record EventCode(String text) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 8;
    private static final int LONGEST_INPUT = 64;
    private static final Pattern FORM = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
    private static final Pattern SPACES_AND_DASHES = Pattern.compile("[\\s\\p{Z}\\p{Pd}\u2212]");

    static EventCode draw(RandomGenerator random) {
        long bits = random.nextLong();
        var text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt((int) (bits & 31)));
            bits >>>= 5;
        }
        return new EventCode(text.toString());
    }

    /**
     * As people type it: any case and width, with spaces and dashes, O for 0, I and L for 1. Problems: {@code code-malformed}, which is no guess at a
     * code.
     */
    static EventCode parse(String typed) {
        String text = typed.length() > LONGEST_INPUT ? "" : Normalizer.normalize(typed, Normalizer.Form.NFKC);
        text = SPACES_AND_DASHES
                .matcher(text.toUpperCase(Locale.ROOT))
                .replaceAll("")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (!FORM.matcher(text).matches())
            throw new Unprocessable("code-malformed", "A code is 8 digits and letters, such as 7K3M-9QXR.");
        return new EventCode(text);
    }

    /** What stands in the QR: upper case, which takes the fewest modules. The page's route ignores case. */
    String qrAt(PublicUrl url) {
        return url.origin().toUpperCase(Locale.ROOT) + "/C/" + text;
    }

    String urlAt(PublicUrl url) {
        return url.origin() + "/c/" + text;
    }

    /** In two groups of four, easier to read. */
    public String inGroups() {
        return text.substring(0, 4) + "-" + text.substring(4);
    }
}
