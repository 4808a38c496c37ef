package org.townsquare.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.events.Admission;
import org.townsquare.events.AttendanceKind;
import org.townsquare.events.AttendanceView;
import org.townsquare.events.CheckInSource;
import org.townsquare.events.CheckInStateView;
import org.townsquare.events.CheckInView;
import org.townsquare.events.EventGroupView;
import org.townsquare.events.EventPhase;
import org.townsquare.events.EventState;
import org.townsquare.events.EventView;
import org.townsquare.events.ParticipantView;
import org.townsquare.events.VoidCause;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Page;

/**
 * The templates of the pages, checked at build. What they show is named here with all its members, because Quarkus finds by itself only some of those that
 * included templates read, which only a native image misses.
 */
@TemplateData(target = Frame.class)
@TemplateData(target = Language.class)
@TemplateData(target = Style.class)
@TemplateData(target = Form.class)
@TemplateData(target = LetIn.class)
@TemplateData(target = Refusal.class)
@TemplateData(target = CheckInPage.class)
@TemplateData(target = CommunityLink.class)
@TemplateData(target = Projection.class)
@TemplateData(target = Page.class)
@TemplateData(target = EventGroupView.class)
@TemplateData(target = EventGroupView.Can.class)
@TemplateData(target = EventView.class)
@TemplateData(target = EventView.Can.class)
@TemplateData(target = Admission.class)
@TemplateData(target = EventPhase.class)
@TemplateData(target = EventState.class)
@TemplateData(target = AttendanceView.class)
@TemplateData(target = AttendanceView.Participant.class)
@TemplateData(target = AttendanceKind.class)
@TemplateData(target = CheckInSource.class)
@TemplateData(target = ParticipantView.class)
@TemplateData(target = CheckInStateView.class)
@TemplateData(target = CheckInStateView.Can.class)
@TemplateData(target = CheckInView.EventOf.class)
@TemplateData(target = VoidCause.class)
@TemplateData(target = Digest.class)
@CheckedTemplate(basePath = "web")
final class Templates {
    private Templates() {}

    static native TemplateInstance checkIn(Frame frame, CheckInPage page);

    static native TemplateInstance code(Frame frame, Form form);

    static native TemplateInstance signIn(Frame frame, Form form, String next);

    static native TemplateInstance problem(Frame frame, String heading, Refusal refusal);

    static native TemplateInstance organise(Frame frame, Page<CommunityLink> communities);

    static native TemplateInstance community(Frame frame, String name, Page<EventGroupView> groups, Form form);

    static native TemplateInstance group(Frame frame, EventGroupView group, Page<EventView> events, Form form);

    /** The key makes a form that is sent twice one: each page has another. */
    static native TemplateInstance event(
            Frame frame, EventView event, Page<AttendanceView> roll, Form form, @Nullable LetIn letIn, UUID key);

    static native TemplateInstance participants(Frame frame, EventView event, List<ParticipantView> found, Form form);

    static native TemplateInstance checkInState(Frame frame, CheckInStateView checkIn);

    static native TemplateInstance display(Frame frame, Projection shown);
}
