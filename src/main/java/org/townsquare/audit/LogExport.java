package org.townsquare.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.townsquare.audit.MerkleTree.Range;
import org.townsquare.journal.JournalEntry;
import org.townsquare.journal.JournalText;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Statement;

/**
 * A community's log line by line, with what proves it: first the checkpoint, then each entry with its path to it, last their number. What the reader may not
 * read is a digest, so that nothing can be left out unseen.
 */
@ApplicationScoped
class LogExport {
    private static final Statement SIZE = Statement.of(LogExport.class, "export-size.sql");
    private static final Statement PAGE = Statement.of(LogExport.class, "export-page.sql");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Pool pool;
    private final Vertx vertx;
    private final AuditLog log;
    private final LogKeys keys;
    private final Proofs proofs;

    LogExport(Pool pool, Vertx vertx, AuditLog log, LogKeys keys, Proofs proofs) {
        this.pool = pool;
        this.vertx = vertx;
        this.log = log;
        this.keys = keys;
        this.proofs = proofs;
    }

    /** What is exported: a community's entries, as far as the checkpoint covers them. */
    record Extent(AuditReader reader, StoredCheckpoint checkpoint, long entries) {
        UUID community() {
            return reader.member().communityId;
        }
    }

    /** A leaf of the page. */
    private record Place(long leafIndex, UUID entryId, long index) {}

    /** Problems: {@code not-sealed-yet}. */
    Uni<Extent> extent(AuditReader reader) {
        return proofs.last()
                .chain(checkpoint -> SIZE.run(pool, reader.member().communityId, checkpoint.size())
                        .map(rows -> new Extent(
                                reader,
                                checkpoint,
                                rows.size() == 0 ? 0 : rows.iterator().next().getLong("entries"))));
    }

    /** Read as fast as they are taken. */
    Multi<ObjectNode> lines(Extent extent) {
        var next = new AtomicLong();
        Multi<ObjectNode> entries = Multi.createBy()
                .repeating()
                .uni(() -> page(extent, next.get()).invoke(page -> next.addAndGet(page.size())))
                .whilst(page -> next.get() < extent.entries() && !page.isEmpty())
                .onItem()
                .disjoint();
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(() -> head(extent)),
                        entries,
                        Multi.createFrom().item(() -> end(extent)));
    }

    private ObjectNode head(Extent extent) {
        var known = NODES.arrayNode();
        keys.known().forEach(key -> known.add(key.line()));
        ObjectNode line = NODES.objectNode()
                .put("type", "log")
                .put("origin", keys.origin())
                .put("community", extent.community().toString())
                .put("entries", extent.entries())
                .put("checkpoint", extent.checkpoint().note());
        line.set("keys", known);
        return line;
    }

    private static ObjectNode end(Extent extent) {
        return NODES.objectNode().put("type", "end").put("entries", extent.entries());
    }

    private Uni<List<ObjectNode>> page(Extent extent, long from) {
        return PAGE.run(pool, extent.community(), from, extent.checkpoint().size())
                .chain(rows -> {
                    var places = new ArrayList<Place>();
                    rows.forEach(row -> places.add(new Place(
                            row.getLong("leaf_index"), row.getUUID("entry_id"), row.getLong("community_index"))));
                    return said(extent.reader(), places)
                            .chain(said -> paths(extent, places).map(paths -> lines(places, said, paths)));
                });
    }

    /** What the line of each entry says of it. */
    private Uni<Map<UUID, ObjectNode>> said(AuditReader reader, List<Place> places) {
        List<UUID> ids = places.stream().map(Place::entryId).toList();
        return Panache.withSession(() -> JournalEntry.of(ids)
                .chain(entries -> log.readable(reader, entries).chain(may -> {
                    Set<UUID> open =
                            entries.stream().filter(may).map(it -> it.id).collect(Collectors.toSet());
                    return JournalText.of(open)
                            .map(texts -> texts.stream().collect(Collectors.groupingBy(it -> it.entryId)))
                            .map(texts -> entries.stream()
                                    .collect(Collectors.toMap(
                                            it -> it.id,
                                            it -> open.contains(it.id)
                                                    ? whole(it, texts.getOrDefault(it.id, List.of()))
                                                    : NODES.objectNode()
                                                            .put(
                                                                    "entry",
                                                                    it.digest().text()))));
                })));
    }

    private static ObjectNode whole(JournalEntry entry, List<JournalText> texts) {
        ObjectNode line = NODES.objectNode().put("body", new String(entry.body, StandardCharsets.UTF_8));
        var kept = line.putArray("texts");
        for (JournalText text : texts)
            kept.addObject().put("field", text.field).put("value", text.value).put("salt", Digest.base64Url(text.salt));
        return line;
    }

    private Uni<List<List<Digest>>> paths(Extent extent, List<Place> places) {
        List<List<Range>> wanted = places.stream()
                .map(it ->
                        MerkleTree.inclusion(it.leafIndex(), extent.checkpoint().size()))
                .toList();
        var subtrees = wanted.stream()
                .flatMap(List::stream)
                .flatMap(it -> it.full().stream())
                .collect(Collectors.toSet());
        // up to 256 hashes for each of the entries
        return LogTree.subtrees(pool, subtrees)
                .chain(known -> vertx.executeBlocking(() -> wanted.stream()
                        .map(path -> path.stream().map(it -> it.hash(known)).toList())
                        .toList()));
    }

    private static List<ObjectNode> lines(List<Place> places, Map<UUID, ObjectNode> said, List<List<Digest>> paths) {
        var lines = new ArrayList<ObjectNode>();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            ObjectNode line = NODES.objectNode()
                    .put("type", "entry")
                    .put("index", place.index())
                    .put("leafIndex", place.leafIndex());
            line.setAll(Objects.requireNonNull(said.get(place.entryId()), "an entry without a row"));
            var path = line.putArray("path");
            paths.get(i).forEach(hash -> path.add(hash.text()));
            lines.add(line);
        }
        return lines;
    }
}
