package org.townsquare.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * A text with signatures below it, as C2SP signed-note has it.
 *
 * @param text what is signed; it ends with LF
 * @param signatures each with whose it says it is
 */
record SignedNote(String text, List<Line> signatures) {
    private static final String BEGIN = "\u2014 ";

    /** One signature: name, and in base64 the hash of the key with the signature. */
    record Line(String name, String signed) {}

    /** Refuses what is none with an IllegalArgumentException. */
    static SignedNote parse(String note) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n")) throw new IllegalArgumentException("no signed note");
        var lines = new ArrayList<Line>();
        for (String line : note.substring(end + 2).split("\n", 0)) {
            String[] parts =
                    line.startsWith(BEGIN) ? line.substring(BEGIN.length()).split(" ", -1) : new String[0];
            if (parts.length != 2) throw new IllegalArgumentException("no signature: " + line);
            lines.add(new Line(parts[0], parts[1]));
        }
        return new SignedNote(note.substring(0, end + 1), List.copyOf(lines));
    }

    String note() {
        var out = new StringBuilder(text).append('\n');
        for (Line line : signatures)
            out.append(BEGIN).append(line.name).append(' ').append(line.signed).append('\n');
        return out.toString();
    }

    static Line line(VerifierKey key, byte[] signature) {
        byte[] hash = key.hash();
        byte[] all = Arrays.copyOf(hash, hash.length + signature.length);
        System.arraycopy(signature, 0, all, hash.length, signature.length);
        return new Line(key.name(), Base64.getEncoder().encodeToString(all));
    }

    /** Whether one of these keys signed it; signatures of keys that nobody here knows do not matter, a wrong one of a known key does. */
    boolean isSignedBy(Collection<VerifierKey> keys) {
        boolean signed = false;
        for (Line line : signatures)
            for (VerifierKey key : keys) {
                byte[] bytes = Base64.getDecoder().decode(line.signed);
                byte[] hash = key.hash();
                if (!line.name.equals(key.name()) || bytes.length <= hash.length) continue;
                if (!Arrays.equals(hash, Arrays.copyOf(bytes, hash.length))) continue;
                if (!key.verifies(text, Arrays.copyOfRange(bytes, hash.length, bytes.length))) return false;
                signed = true;
            }
        return signed;
    }
}
