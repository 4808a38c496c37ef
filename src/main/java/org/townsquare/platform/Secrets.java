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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;

/**
 * The secrets of the service, asked before Quarkus starts. Where there is none in dev or trial, one is drawn and kept in the folder
 * {@code townsquare.data}; elsewhere the service refuses to start.
 */
public final class Secrets {
    /**
     * Keys what is derived and must not be guessed: single-use tokens, networks, buckets of throttles. Base64 of at least 256 bits.
     */
    public static final String PEPPER = "townsquare.identity.pepper";

    /** Signs the checkpoints of the log: Ed25519, PKCS#8 in base64. */
    public static final String SIGNING_KEY = "townsquare.audit.signing-key";

    private static final int LEAST = 32;

    /** What stands in PKCS#8 before the 32 bytes of an Ed25519 key. */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private Secrets() {}

    /** One of them: where it is configured, the file that keeps a drawn one, and what an operator is told who has none. */
    private record Secret(String key, String file, UnaryOperator<String> checked, Supplier<byte[]> drawn, String how) {
        StartRefused refusal() {
            return new StartRefused("Townsquare needs a secret of its own: set %s to %s."
                    .formatted(DatabaseSettings.variable(key), how));
        }
    }

    private static final List<Secret> ALL = List.of(
            new Secret(
                    PEPPER,
                    "pepper",
                    Secrets::bits,
                    () -> SecureBytes.next(LEAST),
                    "base64 of at least %d random bits, such as openssl rand -base64 32 prints".formatted(LEAST * 8)),
            new Secret(
                    SIGNING_KEY,
                    "signing-key",
                    Secrets::ed25519,
                    Secrets::drawnKey,
                    "an Ed25519 key in PKCS#8 and base64, such as openssl genpkey -algorithm ed25519 -outform DER | base64 -w0 prints"));

    /** Sees to it that each is there. */
    public static void require() {
        Config config = DatabaseSettings.config();
        for (Secret secret : ALL) {
            Optional<String> configured = config.getOptionalValue(secret.key, String.class);
            if (configured.isPresent()) check(secret, configured.get());
            else if (Trial.isOne()) System.setProperty(secret.key, kept(secret, config));
            else throw secret.refusal();
        }
    }

    /** The bits of the pepper. Refuses what is no base64 or too short. */
    public static byte[] parse(String base64) {
        check(ALL.get(0), base64);
        return decoded(base64);
    }

    @CanIgnoreReturnValue
    private static String check(Secret secret, String base64) {
        try {
            return secret.checked.apply(base64);
        } catch (IllegalArgumentException e) {
            throw secret.refusal();
        }
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64.strip().replace('-', '+').replace('_', '/'));
    }

    private static String bits(String base64) {
        if (decoded(base64).length < LEAST) throw new IllegalArgumentException("too short");
        return base64;
    }

    private static String ed25519(String base64) {
        byte[] encoded = decoded(base64);
        if (encoded.length < ED25519.length + LEAST || !Arrays.equals(ED25519, Arrays.copyOf(encoded, ED25519.length)))
            throw new IllegalArgumentException("no Ed25519 key");
        return base64;
    }

    private static byte[] drawnKey() {
        byte[] encoded = Arrays.copyOf(ED25519, ED25519.length + LEAST);
        System.arraycopy(SecureBytes.next(LEAST), 0, encoded, ED25519.length, LEAST);
        return encoded;
    }

    private static String kept(Secret secret, Config config) {
        Path folder = Path.of(config.getOptionalValue("townsquare.data", String.class)
                .orElseThrow(() -> new StartRefused("Townsquare needs a folder for its data: set TOWNSQUARE_DATA.")));
        Path file = folder.resolve(secret.file);
        try {
            Files.createDirectories(folder);
            write(file, Base64.getEncoder().encodeToString(secret.drawn.get()));
        } catch (FileAlreadyExistsException e) {
            return read(secret, file); // drawn at an earlier start
        } catch (IOException e) {
            throw new StartRefused("The secret of this installation cannot be kept in %s: %s.".formatted(file, e), e);
        }
        return read(secret, file);
    }

    private static String read(Secret secret, Path file) {
        try {
            return check(secret, Files.readString(file).strip());
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
