package org.townsquare.audit;

import java.util.Base64;
import org.townsquare.platform.Digest;

/** What a log says of itself at a size: the body of a C2SP tlog-checkpoint. */
record Checkpoint(String origin, long size, Digest root) {
    /** Its three lines. */
    String text() {
        return "%s\n%d\n%s\n".formatted(origin, size, Base64.getEncoder().encodeToString(root.bytes()));
    }

    /** Refuses what is none with an IllegalArgumentException; lines that a later version may add are ignored. */
    static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty() || !lines[1].matches("0|[1-9][0-9]{0,18}"))
            throw new IllegalArgumentException("no checkpoint");
        byte[] root = Base64.getDecoder().decode(lines[2]);
        if (root.length != 32) throw new IllegalArgumentException("no checkpoint: the root is no SHA-256");
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), Digest.of(root));
    }
}
