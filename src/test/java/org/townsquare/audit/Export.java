package org.townsquare.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assertions;

/** An export of a log as an auditor verifies it: by docs/verify/Verify.java, which shares no code with the service. */
record Export(Path file) {
    private static final Method RUN = compiled();

    /** What the verifier says. */
    record Said(int exit, String text) {}

    private static Method compiled() {
        try {
            Path classes = Files.createTempDirectory("verifier");
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            System.err,
                            "-d",
                            classes.toString(),
                            Path.of("docs", "verify", "Verify.java").toString());
            Assertions.assertEquals(0, result, "it compiles with the JDK alone");
            var alone = new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            return alone.loadClass("Verify").getMethod("run", String[].class, PrintStream.class);
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static Export of(Path file, String text) throws IOException {
        return new Export(Files.writeString(file, text));
    }

    Said verified(String... more) throws Exception {
        var arguments = new ArrayList<>(List.of(file.toString()));
        arguments.addAll(List.of(more));
        var out = new ByteArrayOutputStream();
        int exit = (int)
                RUN.invoke(null, arguments.toArray(String[]::new), new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Said(exit, out.toString(StandardCharsets.UTF_8));
    }
}
