import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Installs a Maven zip for mvnw, with nothing but the JDK: {@code java FetchMaven.java <url or file> <sha512> <target>}.
 *
 * <p>The zip is unpacked into a folder beside the target, which is then renamed in one step. So the target is either a
 * whole Maven or not there. The exit code is 0, 3 for a wrong checksum, or 1 for any other failure; the reason is one
 * line on standard error.
 */
final class FetchMaven {

    private static final int CONNECT_TIMEOUT_MILLIS = 20_000;
    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private FetchMaven() {}

    public static void main(String[] args) {
        // The JDK refuses a password for a proxy of https addresses unless this is empty.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        try {
            install(args[0], args[1].toLowerCase(Locale.ROOT), Path.of(args[2]).toAbsolutePath());
        } catch (WrongChecksumException e) {
            fail(e, 3);
        } catch (IOException | NoSuchAlgorithmException | RuntimeException e) {
            fail(e, 1);
        }
    }

    private static void fail(Exception e, int exitCode) {
        String kind = e instanceof WrongChecksumException ? "" : e.getClass().getSimpleName() + ": ";
        System.err.println(kind + String.valueOf(e.getMessage()).replaceAll("\\R", " "));
        System.exit(exitCode);
    }

    private static void install(String source, String sha512, Path target)
            throws IOException, NoSuchAlgorithmException {
        Path parent = target.getParent();
        Files.createDirectories(parent);
        Path work = Files.createTempDirectory(parent, ".unpack-");
        // A hook, so that Ctrl-C cleans up too.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteTree(work)));

        Path zip = work.resolve("maven.zip");
        String actual = copy(source, zip);
        if (!actual.equals(sha512)) {
            throw new WrongChecksumException("Wrong checksum, nothing was installed: the SHA-512 sum of " + source
                    + " is " + actual + ", but it must be " + sha512 + ".");
        }
        Path unpacked = Files.createDirectory(work.resolve("unpacked"));
        unzip(zip, unpacked);
        rename(mavenHomeIn(unpacked), target);
    }

    /** Copies to the file and returns the SHA-512 sum of what was copied. */
    private static String copy(String source, Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        URLConnection connection = connect(source);
        long promised = connection.getContentLengthLong();
        try (InputStream in = new DigestInputStream(connection.getInputStream(), digest)) {
            long received = Files.copy(in, file);
            if (promised != -1 && received != promised) {
                throw new IOException("it ended after " + received + " of " + promised + " bytes");
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static URLConnection connect(String source) throws IOException {
        boolean isUrl = source.startsWith("file:") || source.contains("://");
        URI uri = isUrl ? URI.create(source) : Path.of(source).toUri();
        String proxy = proxyFor(uri);
        URLConnection connection =
                proxy.isEmpty() ? uri.toURL().openConnection() : uri.toURL().openConnection(proxyOf(proxy));
        connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        connection.setReadTimeout(READ_TIMEOUT_MILLIS);
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("the server answered with status " + http.getResponseCode());
        }
        return connection;
    }

    /** The proxy that the environment names for this address, or an empty text. */
    private static String proxyFor(URI uri) {
        if (uri.getHost() == null || noProxy(uri.getHost())) {
            return "";
        }
        return environment(uri.getScheme().toLowerCase(Locale.ROOT) + "_proxy");
    }

    private static boolean noProxy(String host) {
        return Stream.of(environment("no_proxy").split(",", -1))
                .map(String::strip)
                .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
    }

    /** The value of the variable in small letters, or of the same one in capitals. */
    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            value = System.getenv(name.toUpperCase(Locale.ROOT));
        }
        return value == null ? "" : value.strip();
    }

    private static Proxy proxyOf(String proxy) {
        URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("the proxy in the environment is not an address with a host");
        }
        if (uri.getRawUserInfo() != null) {
            String[] login = uri.getRawUserInfo().split(":", 2);
            String password = login.length == 2 ? login[1] : "";
            Authenticator.setDefault(new ProxyLogin(decode(login[0]), decode(password)));
        }
        int port = uri.getPort() == -1 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
    }

    private static String decode(String percentEncoded) {
        return URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void unzip(Path zip, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException("the zip has an entry outside of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(in, path);
                }
            }
        }
    }

    /** The one folder at the top of the zip, with its scripts made executable. */
    private static Path mavenHomeIn(Path unpacked) throws IOException {
        List<Path> top = children(unpacked);
        if (top.size() != 1 || !Files.isRegularFile(top.get(0).resolve("bin/mvn"))) {
            throw new IOException("the zip is not a Maven distribution: it has no single folder with bin/mvn");
        }
        for (Path script : children(top.get(0).resolve("bin"))) {
            File file = script.toFile();
            if (!file.getName().contains(".") && !file.setExecutable(true, false)) {
                throw new IOException(file.getName() + " cannot be made executable");
            }
        }
        return top.get(0);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        }
    }

    private static void rename(Path mavenHome, Path target) throws IOException {
        try {
            Files.move(mavenHome, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another mvnw was faster: what it installed has the same checksum.
            if (!Files.isRegularFile(target.resolve("bin/mvn"))) {
                throw e;
            }
        }
    }

    private static void deleteTree(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("The folder " + folder + " could not be deleted: " + e.getMessage());
        }
    }

    private static final class ProxyLogin extends Authenticator {
        private final PasswordAuthentication login;

        ProxyLogin(String user, String password) {
            this.login = new PasswordAuthentication(user, password.toCharArray());
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY ? login : null;
        }
    }

    private static final class WrongChecksumException extends IOException {
        private static final long serialVersionUID = 1L;

        WrongChecksumException(String message) {
            super(message);
        }
    }
}
