package org.townsquare.events;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestMulti;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.ExportQuota;
import org.townsquare.journal.Journal;
import org.townsquare.platform.LongRead;
import org.townsquare.platform.Snapshot;

/** Takes a roll of attendance along, for those who may read it. That it was taken is recorded before the first line leaves. */
@RequestScoped
class RollExport {
    private final Viewer viewer;
    private final Journal journal;
    private final ExportQuota quota;
    private final LongRead reading;
    private final Snapshot snapshot;

    RollExport(Viewer viewer, Journal journal, ExportQuota quota, LongRead reading, Snapshot snapshot) {
        this.viewer = viewer;
        this.journal = journal;
        this.quota = quota;
        this.reading = reading;
        this.snapshot = snapshot;
    }

    /** As a file. Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code too-many-tries}, {@code busy}. */
    RestMulti<byte[]> file(RollScope scope, UUID id, RollForm form, RollWriter writer) {
        return RestMulti.fromUniResponse(
                granted(scope, id, form), roll -> written(roll, writer), roll -> named(roll, form));
    }

    /** Line by line. Problems: those of {@link #file}. */
    RestMulti<RollRow> lines(RollScope scope, UUID id) {
        return RestMulti.fromUniResponse(
                granted(scope, id, RollForm.JSONL),
                roll -> snapshot.read(tx -> roll.pages(tx).onItem().<RollRow>disjoint()),
                roll -> named(roll, RollForm.JSONL));
    }

    private Multi<byte[]> written(Roll roll, RollWriter writer) {
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(writer::head),
                        snapshot.read(tx -> roll.pages(tx).map(writer::rows)),
                        Multi.createFrom().item(writer::end))
                .select()
                .where(bytes -> bytes.length > 0);
    }

    private Uni<Roll> granted(RollScope scope, UUID id, RollForm form) {
        return reading.within(() -> found(scope, id)
                .invoke(roll -> EventRights.requireToReadAttendances(viewer.in(roll.communityId())))
                .invoke(snapshot::requireRoom)
                .call(() -> quota.take(viewer.userId()))
                .call(roll -> journal.record(viewer, new AttendancesExported(roll.communityId(), scope, id, form))));
    }

    private Uni<Roll> found(RollScope scope, UUID id) {
        return switch (scope) {
            case EVENT -> Event.visibleTo(viewer, id).map(it -> new Roll(it.communityId, scope, id));
            case EVENT_GROUP -> EventGroup.visibleTo(viewer, id).map(it -> new Roll(it.communityId, scope, id));
        };
    }

    private static Map<String, List<String>> named(Roll roll, RollForm form) {
        return Map.of(
                "Content-Disposition",
                List.of("attachment; filename=\"attendances-" + roll.id() + "."
                        + form.name().toLowerCase(Locale.ROOT) + "\""),
                "Cache-Control",
                List.of("private, no-store"));
    }
}
