package org.townsquare.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem;
import org.townsquare.platform.SecureBytes;

/**
 * argon2id (RFC 9106) with 19 MiB, t = 2, p = 1 (OWASP's password storage cheat sheet), kept as a PHC string. Hashing takes tens of milliseconds and
 * much memory, so it runs on few workers behind a queue of 64, where nobody
 * waits longer than two seconds; beyond that the answer is {@code busy}.
 */
@Singleton
class Passwords {
    private static final int KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final String TODAY = "$argon2id$v=19$m=" + KIB + ",t=" + PASSES + ",p=1$";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /** The blocks of its memory, and the four that it computes with. */
    private static final int BLOCKS = KIB + 4;

    /**
     * The memory of one hash is that of the next while it is still there: made anew for each, most of it would outlive a collection of what is
     * young, and fill the heap until a full one. Whoever was last goes first, so there are as many as hashes were under way at once.
     */
    private final ConcurrentLinkedDeque<WeakReference<FixedBlockPool>> memories = new ConcurrentLinkedDeque<>();

    private final ThreadPoolExecutor workers;
    private final Counter hashes;

    /** What the password of an unknown e-mail is compared with, so that it costs what that of a known one costs. */
    private final String nobody;

    Passwords(MeterRegistry metrics) {
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        workers = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(64),
                task -> new Thread(task, "password"));
        nobody = phc(SecureBytes.next(16), new byte[32]);
        Gauge.builder(
                        "townsquare.password.queue",
                        workers,
                        pool -> pool.getQueue().size())
                .description("Passwords that wait for a worker")
                .register(metrics);
        hashes = Counter.builder("townsquare.password.hashes")
                .description("Passwords hashed, to keep or to compare")
                .register(metrics);
    }

    /** Problems: {@code busy}. Continues on the caller's context, so that a session of the database may be opened afterwards. */
    Uni<String> hash(String password) {
        return onWorker(() -> {
            byte[] salt = SecureBytes.next(16);
            return phc(salt, argon2id(password, salt, KIB, PASSES, 1, 32));
        });
    }

    /** Whether it is the password of this hash; without a hash never, at the same cost. Problems: {@code busy}. */
    Uni<Boolean> matches(String password, @Nullable String hash) {
        return onWorker(() -> {
            boolean equal = verify(password, hash == null ? nobody : hash);
            return equal && hash != null;
        });
    }

    /** The hash to keep from now on, where the one that this password matched has other parameters than today's; null where it has these. Problems: {@code busy}. */
    Uni<@Nullable String> renewed(String password, @Nullable String hash) {
        return hash != null && hash.startsWith(TODAY)
                ? Uni.createFrom().nullItem()
                : hash(password).map(renewed -> renewed);
    }

    private <T> Uni<T> onWorker(Supplier<T> work) {
        Context context = Vertx.currentContext();
        long latest = System.nanoTime() + LONGEST_WAIT.toNanos();
        return Uni.createFrom()
                .item(() -> {
                    if (System.nanoTime() > latest) throw new Problem.Busy();
                    hashes.increment();
                    return work.get();
                })
                .runSubscriptionOn(workers)
                .onFailure(RejectedExecutionException.class)
                .transform(full -> new Problem.Busy())
                .emitOn(next -> context.runOnContext(ignored -> next.run()));
    }

    private boolean verify(String password, String hash) {
        var parts = PHC.matcher(hash);
        if (!parts.matches()) throw new IllegalStateException("a password hash that is no PHC string of argon2id");
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] actual = argon2id(
                password,
                Base64.getDecoder().decode(parts.group(4)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private byte[] argon2id(String password, byte[] salt, int kib, int passes, int lanes, int length) {
        FixedBlockPool memory = memory();
        byte[] hash = new byte[length];
        var argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(kib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .withBlockPool(memory)
                .build());
        argon2.generateBytes(
                Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8), hash);
        memories.push(new WeakReference<>(memory));
        return hash;
    }

    private FixedBlockPool memory() {
        WeakReference<FixedBlockPool> last;
        while ((last = memories.poll()) != null) {
            FixedBlockPool memory = last.get();
            if (memory != null) return memory;
        }
        return new FixedBlockPool(BLOCKS);
    }

    private static String phc(byte[] salt, byte[] hash) {
        var base64 = Base64.getEncoder().withoutPadding();
        return TODAY + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    @PreDestroy
    void stop() {
        workers.shutdownNow();
    }
}
