package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestResponse;
import org.townsquare.communities.Viewer;
import org.townsquare.platform.PublicUrl;

/** The QR of an event, for those who may see its code. */
@RequestScoped
class EventQr {
    private final Viewer viewer;
    private final PublicUrl url;

    EventQr(Viewer viewer, PublicUrl url) {
        this.viewer = viewer;
        this.url = url;
    }

    /** As a picture of this kind. Problems: {@code not-found}, {@code members-only}, {@code not-allowed}, {@code parameter-invalid}. */
    <T> Uni<RestResponse<T>> as(BiFunction<QrImage, EventCode, T> kind, UUID eventId, QrForm form) {
        return Event.visibleTo(viewer, eventId)
                .invoke(event -> EventRights.requireToManage(viewer.in(event.communityId)))
                .map(event -> {
                    String text = event.code().qrAt(url);
                    return form.answer(kind.apply(QrImage.of(text, form.level()), event.code()), text);
                });
    }
}
