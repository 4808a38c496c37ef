package org.townsquare.events;

import java.util.List;

/** Writes a roll in one form, piece by piece; what it has not given yet it keeps. One for each file. */
interface RollWriter {
    byte[] head();

    byte[] rows(List<RollRow> rows);

    byte[] end();
}
