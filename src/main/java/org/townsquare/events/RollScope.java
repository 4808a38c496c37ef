package org.townsquare.events;

/** Of what a roll of attendance is. */
enum RollScope {
    EVENT,
    EVENT_GROUP
}
