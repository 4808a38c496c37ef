package org.townsquare.events;

/** Whether its organisers let people check in. Whether they can at this moment says the {@link EventPhase}. */
public enum EventState {
    OPEN,
    CLOSED
}
