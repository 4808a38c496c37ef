package org.townsquare.web;

import org.townsquare.events.AttendanceView;

/**
 * Whom the staff of an event let in just now.
 *
 * @param already whether they were in before
 */
public record LetIn(AttendanceView row, boolean already) {}
