/**
 * Floor 3: rows to learn from. Arrays, CSV, IDX and NPY become datasets and batches here; nothing
 * in this package knows what a network is.
 */
package dev.lamella.data;
