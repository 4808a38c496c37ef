package org.townsquare.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The name of the log, the key that signs it, and those that did. */
@Singleton
class LogKeys {
    private final Optional<String> origin;
    private final Optional<String> signingKey;
    private final List<String> formerKeys;

    @Inject
    LogKeys(AuditConfig config) {
        this(config.origin(), config.signingKey(), config.formerKeys().orElse(List.of()));
    }

    LogKeys(Optional<String> origin, Optional<String> signingKey, List<String> formerKeys) {
        this.origin = origin;
        this.signingKey = signingKey;
        this.formerKeys = formerKeys;
    }

    String origin() {
        return origin.orElseThrow(() -> new IllegalStateException("townsquare.audit.origin is not set"));
    }

    SigningKey signing() {
        return SigningKey.of(
                origin(),
                signingKey.orElseThrow(() -> new IllegalStateException("townsquare.audit.signing-key is not set")));
    }

    /** All that a checkpoint of this log may be signed by, today's first. */
    List<VerifierKey> known() {
        var all = new ArrayList<VerifierKey>();
        if (signingKey.isPresent()) all.add(signing().verifier());
        formerKeys.forEach(line -> all.add(VerifierKey.parse(line)));
        return all;
    }

    /** The checkpoint of a note that is one of this log; else {@link LogRefused}. */
    Checkpoint opened(String note) {
        try {
            SignedNote signed = SignedNote.parse(note);
            Checkpoint checkpoint = Checkpoint.parse(signed.text());
            if (!checkpoint.origin().equals(origin()))
                throw new LogRefused(LogAlarm.LOG_INCONSISTENT, "a checkpoint of another log: " + checkpoint.origin());
            if (!signed.isSignedBy(known()))
                throw new LogRefused(
                        LogAlarm.LOG_INCONSISTENT,
                        "the checkpoint of size " + checkpoint.size() + " is signed by no key of this log");
            return checkpoint;
        } catch (IllegalArgumentException e) {
            throw new LogRefused(LogAlarm.LOG_INCONSISTENT, "what was published is no checkpoint: " + e.getMessage());
        }
    }
}
