package dev.lamella.data;

/** What a file holds before anyone decided what it means. */
sealed interface Unprepared permits Table, ArrayRows {}
