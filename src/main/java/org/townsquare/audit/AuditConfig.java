package org.townsquare.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the log is sealed and shown. */
@ConfigMapping(prefix = "townsquare.audit")
interface AuditConfig {
    /** Whether this replica seals; follows {@code townsquare.followers.enabled} where it is not set. */
    @WithDefault("${townsquare.followers.enabled:true}")
    boolean sealing();

    /** How often new entries are sealed; whole seconds. */
    @WithDefault("1s")
    Duration sealEvery();

    /** Entries that are sealed in one transaction at most. */
    @WithDefault("10000")
    int batch();

    /** How often a checkpoint is signed, where the log has grown. */
    @WithDefault("1m")
    Duration checkpointEvery();

    /**
     * The name of the log, without a schema, such as {@code town.example/log}. It stands in every checkpoint and is the name of its key; it never changes.
     * Required in production.
     */
    Optional<String> origin();

    /** Ed25519, PKCS#8 in base64: see {@link org.townsquare.platform.Secrets}. */
    Optional<String> signingKey();

    /** Keys that signed checkpoints of this log before, as {@code GET /api/v1/log/keys} showed them; with commas. */
    Optional<List<String>> formerKeys();

    /**
     * Where checkpoints are published, with commas: {@code log} for a line of the service's log, or a folder. Required in production: one at least that who
     * runs the database cannot write.
     */
    Optional<List<String>> sinks();

    /** Whether everyone reads checkpoints, keys and consistency paths; false: who is signed in. */
    @WithDefault("true")
    @io.smallrye.config.WithName("public")
    boolean isPublic();
}
