import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies an export of a community's log, offline, with a JDK (17 or newer) alone:
 *
 * <pre>
 * java Verify.java export.ndjson [--key KEY] [--earlier CHECKPOINT CONSISTENCY]...
 * </pre>
 *
 * KEY is the verifier key of the log, as you know it from elsewhere (GET /api/v1/log/keys shows it); without it the key in the export is believed, which
 * proves only that the export fits itself. CHECKPOINT is a file with a checkpoint that you have kept, CONSISTENCY one with the answer of
 * GET /api/v1/log/consistency?from=(its size)&amp;to=(the size in the export).
 *
 * Exit: 0 sound, 2 findings (each a line), 1 cannot be read. It shares no code with the service, so that a mistake there is not made here again.
 */
public final class Verify {
    private final PrintStream out;
    private int findings;

    private Verify(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(run(arguments, System.out));
    }

    /** As main, without ending the process. */
    public static int run(String[] arguments, PrintStream out) throws Exception {
        Path export = null;
        String key = null;
        List<String[]> earlier = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--key") && i + 1 < arguments.length) key = arguments[++i];
            else if (arguments[i].equals("--earlier") && i + 2 < arguments.length)
                earlier.add(new String[] {Files.readString(Path.of(arguments[++i])), Files.readString(Path.of(arguments[++i]))});
            else if (export == null && !arguments[i].startsWith("--")) export = Path.of(arguments[i]);
            else export = null;
        }
        if (export == null) {
            out.println("java Verify.java export.ndjson [--key KEY] [--earlier CHECKPOINT CONSISTENCY]...");
            return 1;
        }
        return new Verify(out).verify(strict(Files.readAllBytes(export)), key, earlier);
    }

    private void find(String what) {
        findings++;
        if (findings <= 100) out.println("FINDING " + what);
    }

    // the export

    private int verify(String text, String key, List<String[]> earlier) throws IOException {
        BufferedReader lines = new BufferedReader(new StringReader(text));
        Map<String, Object> head = object(lines.readLine());
        if (head == null || !"log".equals(head.get("type"))) {
            out.println("FINDING the first line is not that of a log");
            return 2;
        }
        String community = string(head, "community");
        String origin = string(head, "origin");
        Checkpoint checkpoint = Checkpoint.read(string(head, "checkpoint"));
        List<String> keys = key == null ? strings(head.get("keys")) : List.of(key);
        if (checkpoint == null || !checkpoint.origin.equals(origin)) find("the checkpoint is not one of " + origin);
        else if (!signed(checkpoint, keys)) find("the checkpoint is signed by none of the keys " + keys);
        for (String[] pair : earlier) compare(pair[0], pair[1], checkpoint, keys);

        long expected = number(head, "entries");
        long entries = 0;
        long withheld = 0;
        long lastLeaf = -1;
        boolean ended = false;
        Set<String> ids = new HashSet<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Map<String, Object> row = object(line);
            if (ended || row == null) {
                find("line " + (entries + 2) + " is none of an export");
                continue;
            }
            if ("end".equals(row.get("type"))) {
                ended = true;
                if (number(row, "entries") != entries) find("the last line counts " + row.get("entries") + " entries");
                continue;
            }
            if (!"entry".equals(row.get("type"))) {
                find("line " + (entries + 2) + " is none of an export");
                continue;
            }
            long index = number(row, "index");
            if (index != entries) find("entry " + index + " stands where " + entries + " is due");
            entries++;
            long leaf = number(row, "leafIndex");
            if (leaf <= lastLeaf) find("entry " + index + " has a leaf that is not behind the one before");
            lastLeaf = leaf;
            byte[] digest;
            if (row.get("body") instanceof String body) {
                digest = sha256(body.getBytes(StandardCharsets.UTF_8));
                body(body, community, index, row.get("texts"), ids);
            } else {
                withheld++;
                digest = base64Url(string(row, "entry"));
            }
            if (digest.length != 32) find("entry " + index + " has no digest");
            else included(community, digest, index, leaf, row.get("path"), checkpoint);
        }
        if (!ended) find("the export ends in the middle");
        if (entries != expected) find("there are " + entries + " entries, and " + expected + " were announced");
        out.println((findings == 0 ? "SOUND " : findings + " FINDINGS ") + entries + " entries of " + community + ", " + withheld
                + " of them by their digest alone, under the checkpoint of " + (checkpoint == null ? "none" : checkpoint.size + " entries of " + origin)
                + (key == null ? "; the key is the one in the export" : ""));
        return findings == 0 ? 0 : 2;
    }

    private void body(String body, String community, long index, Object texts, Set<String> ids) {
        Map<String, Object> says = object(body);
        if (says == null || !body.equals(canonical(says))) {
            find("the body of entry " + index + " is no canonical JSON");
            return;
        }
        if (!community.equals(says.get("community"))) find("entry " + index + " is of another community");
        if (!(says.get("id") instanceof String id) || !ids.add(id)) find("entry " + index + " has an id that another has");
        if (!(says.get("kind") instanceof String) || !(says.get("at") instanceof String)) find("entry " + index + " says not what happened when");
        Object commitments = says.get("commitments");
        if (texts instanceof List<?> all)
            for (Object it : all) {
                @SuppressWarnings("unchecked")
                Map<String, Object> kept = it instanceof Map ? (Map<String, Object>) it : Map.of();
                String field = string(kept, "field");
                Object commitment = commitments instanceof Map<?, ?> map ? map.get(field) : null;
                String made = Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(base64Url(string(kept, "salt")), string(kept, "value")));
                if (!made.equals(commitment)) find("entry " + index + " commits to another " + field);
            }
    }

    // the tree: RFC 9162, 2.1

    private void included(String community, byte[] digest, long index, long leaf, Object path, Checkpoint checkpoint) {
        Map<String, Object> data = new TreeMap<>();
        data.put("community", community.isEmpty() ? null : community);
        data.put("entry", Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        data.put("index", index);
        byte[] hash = sha256(new byte[] {0}, canonical(data).getBytes(StandardCharsets.UTF_8));
        if (checkpoint == null) return;
        if (leaf < 0 || leaf >= checkpoint.size) {
            find("entry " + index + " has a leaf that the checkpoint does not cover");
            return;
        }
        long at = leaf;
        long last = checkpoint.size - 1;
        for (String sibling : strings(path)) {
            byte[] other = base64Url(sibling);
            if (last == 0 || other.length != 32) {
                find("entry " + index + " has a path that is none");
                return;
            }
            if (at % 2 == 1 || at == last) {
                hash = sha256(new byte[] {1}, other, hash);
                while (at % 2 == 0 && at != 0) {
                    at /= 2;
                    last /= 2;
                }
            } else {
                hash = sha256(new byte[] {1}, hash, other);
            }
            at /= 2;
            last /= 2;
        }
        if (last != 0 || !Arrays.equals(hash, checkpoint.root)) find("entry " + index + " is not in the log that was signed");
    }

    private void compare(String note, String consistency, Checkpoint now, List<String> keys) {
        Checkpoint before = Checkpoint.read(note);
        Map<String, Object> proof = object(consistency);
        if (before == null || !signed(before, keys)) {
            find("the earlier checkpoint is signed by none of the keys");
            return;
        }
        if (now == null || proof == null || !before.origin.equals(now.origin)) {
            find("the earlier checkpoint is one of another log");
            return;
        }
        if (!continues(before, now, strings(proof.get("path")))) find("the log is no continuation of its checkpoint of " + before.size + " entries");
    }

    private static boolean continues(Checkpoint before, Checkpoint now, List<String> path) {
        if (before.size > now.size) return false;
        if (before.size == now.size) return path.isEmpty() && Arrays.equals(before.root, now.root);
        if (before.size == 0) return path.isEmpty();
        List<byte[]> hashes = new ArrayList<>();
        if ((before.size & (before.size - 1)) == 0) hashes.add(before.root);
        for (String hash : path) hashes.add(base64Url(hash));
        if (hashes.isEmpty()) return false;
        long at = before.size - 1;
        long last = now.size - 1;
        while (at % 2 == 1) {
            at /= 2;
            last /= 2;
        }
        byte[] old = hashes.get(0);
        byte[] fresh = old;
        for (byte[] hash : hashes.subList(1, hashes.size())) {
            if (last == 0) return false;
            if (at % 2 == 1 || at == last) {
                old = sha256(new byte[] {1}, hash, old);
                fresh = sha256(new byte[] {1}, hash, fresh);
                while (at % 2 == 0 && at != 0) {
                    at /= 2;
                    last /= 2;
                }
            } else {
                fresh = sha256(new byte[] {1}, fresh, hash);
            }
            at /= 2;
            last /= 2;
        }
        return last == 0 && Arrays.equals(old, before.root) && Arrays.equals(fresh, now.root);
    }

    // checkpoints: C2SP tlog-checkpoint and signed-note

    private record Checkpoint(String text, String origin, long size, byte[] root, List<String> signatures) {
        static Checkpoint read(String note) {
            int end = note.lastIndexOf("\n\n");
            if (end < 0) return null;
            String text = note.substring(0, end + 1);
            String[] lines = text.split("\n");
            if (lines.length < 3 || !lines[1].matches("0|[1-9][0-9]{0,17}")) return null;
            byte[] root = base64(lines[2]);
            if (root.length != 32) return null;
            return new Checkpoint(text, lines[0], Long.parseLong(lines[1]), root, List.of(note.substring(end + 2).split("\n")));
        }
    }

    private static boolean signed(Checkpoint checkpoint, List<String> keys) {
        for (String key : keys) {
            String[] parts = key.strip().split("\\+", 3);
            if (parts.length != 3 || !parts[0].equals(checkpoint.origin)) continue;
            byte[] typed = base64(parts[2]);
            if (typed.length != 33 || typed[0] != 1) continue;
            byte[] hash = Arrays.copyOf(sha256((parts[0] + "\n").getBytes(StandardCharsets.UTF_8), typed), 4);
            if (!HexFormat.of().formatHex(hash).equals(parts[1])) continue;
            for (String line : checkpoint.signatures) {
                String[] words = line.split(" ");
                if (words.length != 3 || !words[0].equals("\u2014") || !words[1].equals(parts[0])) continue;
                byte[] signature = base64(words[2]);
                if (signature.length != 68 || !Arrays.equals(hash, Arrays.copyOf(signature, 4))) continue;
                if (ed25519(Arrays.copyOfRange(typed, 1, 33), checkpoint.text, Arrays.copyOfRange(signature, 4, 68))) return true;
            }
        }
        return false;
    }

    private static boolean ed25519(byte[] key, String text, byte[] signature) {
        try {
            byte[] x509 = ByteBuffer.allocate(44).put(HexFormat.of().parseHex("302a300506032b6570032100")).put(key).array();
            Signature verifying = Signature.getInstance("Ed25519");
            verifying.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
            verifying.update(text.getBytes(StandardCharsets.UTF_8));
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    // hashes

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) sha.update(part);
            return sha.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Refuses a text that is not the one of its bytes, so that no two texts are one digest. */
    private static byte[] base64Url(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String strict(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
    }

    // JSON, as much of it as a log has: numbers are integers

    private static String string(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    private static long number(Map<String, Object> object, String name) {
        return object.get(name) instanceof Long number ? number : -1;
    }

    private static List<String> strings(Object list) {
        List<String> found = new ArrayList<>();
        if (list instanceof List<?> all) for (Object it : all) found.add(it instanceof String text ? text : "");
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String line) {
        try {
            return line != null && new Json(line).whole() instanceof Map<?, ?> object ? (Map<String, Object>) object : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** RFC 8785. */
    private static String canonical(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, it) -> sorted.put((String) name, it));
            String between = "{";
            for (Map.Entry<String, Object> member : sorted.entrySet()) {
                text.append(between);
                quote(member.getKey(), text);
                text.append(':');
                write(member.getValue(), text);
                between = ",";
            }
            text.append(sorted.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String between = "[";
            for (Object it : list) {
                text.append(between);
                write(it, text);
                between = ",";
            }
            text.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) quote(string, text);
        else text.append(value);
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (char c : string.toCharArray()) {
            int known = "\"\\\b\t\n\f\r".indexOf(c);
            if (known >= 0) text.append('\\').append("\"\\btnfr".charAt(known));
            else if (c < ' ') text.append(String.format("\\u%04x", (int) c));
            else text.append(c);
        }
        text.append('"');
    }

    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object whole() {
            Object value = value(0);
            space();
            if (at != text.length()) throw new IllegalArgumentException();
            return value;
        }

        private Object value(int depth) {
            if (depth > 64) throw new IllegalArgumentException();
            space();
            char c = peek();
            if (c == '{') {
                Map<String, Object> object = new LinkedHashMap<>();
                at++;
                space();
                if (peek() == '}') {
                    at++;
                    return object;
                }
                do {
                    space();
                    String name = string();
                    space();
                    take(':');
                    if (object.containsKey(name)) throw new IllegalArgumentException();
                    object.put(name, value(depth + 1));
                    space();
                } while (taken(','));
                take('}');
                return object;
            }
            if (c == '[') {
                List<Object> list = new ArrayList<>();
                at++;
                space();
                if (peek() == ']') {
                    at++;
                    return list;
                }
                do {
                    list.add(value(depth + 1));
                    space();
                } while (taken(','));
                take(']');
                return list;
            }
            if (c == '"') return string();
            for (String word : new String[] {"true", "false", "null"})
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("null") ? null : (Object) Boolean.valueOf(word);
                }
            int from = at;
            if (peek() == '-') at++;
            while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) at++;
            return Long.valueOf(text.substring(from, at)); // refuses what is no integer
        }

        private String string() {
            take('"');
            StringBuilder string = new StringBuilder();
            while (peek() != '"') {
                char c = text.charAt(at++);
                if (c < ' ') throw new IllegalArgumentException();
                if (c != '\\') string.append(c);
                else {
                    char escaped = peek();
                    at++;
                    int known = "\"\\/btnfr".indexOf(escaped);
                    if (known >= 0) string.append("\"\\/\b\t\n\f\r".charAt(known));
                    else if (escaped == 'u' && at + 4 <= text.length()) {
                        string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                        at += 4;
                    } else throw new IllegalArgumentException();
                }
            }
            at++;
            return string.toString();
        }

        private char peek() {
            if (at >= text.length()) throw new IllegalArgumentException();
            return text.charAt(at);
        }

        private void take(char c) {
            if (!taken(c)) throw new IllegalArgumentException();
        }

        private boolean taken(char c) {
            if (at >= text.length() || text.charAt(at) != c) return false;
            at++;
            return true;
        }

        private void space() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
        }
    }
}
