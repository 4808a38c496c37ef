package org.townsquare.events;

import jakarta.inject.Singleton;
import java.util.List;
import org.townsquare.journal.Fact;
import org.townsquare.journal.FactKinds;

@Singleton
class EventFacts implements FactKinds {
    @Override
    public List<Class<? extends Fact>> facts() {
        return List.of(
                EventGroupCreated.class,
                EventGroupChanged.class,
                EventGroupDeleted.class,
                EventScheduled.class,
                EventChanged.class,
                EventDeleted.class,
                EventCodeReplaced.class,
                EventClosed.class,
                EventReopened.class,
                EventCancelled.class,
                CheckedIn.class,
                CheckInClaimed.class,
                CheckInVoided.class,
                AttendancesExported.class);
    }
}
