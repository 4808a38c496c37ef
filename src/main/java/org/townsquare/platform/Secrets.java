package org.townsquare.platform;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * The secrets of the service, asked before Quarkus starts: base64 of at least 256 bits. Where there is none in dev or trial, one is drawn and kept in
 * the folder {@code townsquare.data}; elsewhere the service refuses to start.
 */
public final class Secrets {
    /** Keys what is derived and must not be guessed: single-use tokens, networks, buckets of throttles. */
    public static final String PEPPER = "townsquare.identity.pepper";

    private static final int LEAST = 32;

    private Secrets() {}

    /** Sees to it that each is there. */
    public static void require() {
        Config config = DatabaseSettings.config();
        Optional<String> configured = config.getOptionalValue(PEPPER, String.class);
        if (configured.isPresent()) parse(configured.get());
        else if (EmbeddedPostgres.isPackaged()) System.setProperty(PEPPER, drawn(config));
        else throw new StartRefused(refusal());
    }

    /** The bits of a secret. Refuses what is no base64 or too short. */
    @CanIgnoreReturnValue
    public static byte[] parse(String base64) {
        try {
            byte[] bits =
                    Base64.getDecoder().decode(base64.strip().replace('-', '+').replace('_', '/'));
            if (bits.length >= LEAST) return bits;
        } catch (IllegalArgumentException e) {
            throw new StartRefused(refusal(), e);
        }
        throw new StartRefused(refusal());
    }

    private static String refusal() {
        return "Townsquare needs a secret of its own: set %s to base64 of at least %d random bits, such as openssl rand -base64 32 prints."
                .formatted(PEPPER.replace('.', '_').toUpperCase(Locale.ROOT), LEAST * 8);
    }

    private static String drawn(Config config) {
        Path folder = Path.of(config.getOptionalValue("townsquare.data", String.class)
                .orElseThrow(() -> new StartRefused("Townsquare needs a folder for its data: set TOWNSQUARE_DATA.")));
        Path file = folder.resolve("pepper");
        try {
            Files.createDirectories(folder);
            write(file, Base64.getEncoder().encodeToString(SecureBytes.next(LEAST)));
        } catch (FileAlreadyExistsException e) {
            return read(file); // drawn at an earlier start
        } catch (IOException e) {
            throw new StartRefused("The secret of this installation cannot be kept in %s: %s.".formatted(file, e), e);
        }
        return read(file);
    }

    private static String read(Path file) {
        try {
            String kept = Files.readString(file).strip();
            parse(kept);
            return kept;
        } catch (IOException e) {
            throw new StartRefused("The secret of this installation cannot be read from %s: %s.".formatted(file, e), e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = posix
                ? FileChannel.open(file, Set.of(CREATE_NEW, WRITE), owner)
                : FileChannel.open(file, CREATE_NEW, WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(text));
        }
    }
}
