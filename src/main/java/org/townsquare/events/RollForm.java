package org.townsquare.events;

/** In what form a roll of attendance is taken along. */
enum RollForm {
    CSV,
    XLSX,
    JSONL
}
