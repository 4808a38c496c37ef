package org.townsquare.town;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document in docs/ that a test holds equal to the running service. With {@code -Dtownsquare.docs=write} the test writes it instead of
 * comparing.
 */
public final class Document {
    private final Path path;

    public Document(String name) {
        this.path = Path.of("docs", name);
    }

    /** The whole document. */
    public void equal(String generated) throws IOException {
        if (writes()) Files.writeString(path, generated);
        assertEquals(Files.readString(path), generated, howTo());
    }

    /** The part between {@code <!-- name -->} and {@code <!-- end of name -->}. */
    public void partEquals(String name, String generated) throws IOException {
        String whole = Files.readString(path);
        String begin = "<!-- " + name + " -->\n";
        int from = whole.indexOf(begin) + begin.length();
        int to = whole.indexOf("<!-- end of " + name + " -->");
        assertEquals(true, from >= begin.length() && to >= from, path + " has no part " + name);
        if (writes()) {
            Files.writeString(path, whole.substring(0, from) + generated + whole.substring(to));
            return;
        }
        assertEquals(whole.substring(from, to), generated, howTo());
    }

    private static boolean writes() {
        return "write".equals(System.getProperty("townsquare.docs"));
    }

    private String howTo() {
        return path
                + " is behind; write it anew by ./mvnw test -Dtest='DataModelTest,OpenApiTest,PermissionTest' -Dtownsquare.docs=write";
    }
}
