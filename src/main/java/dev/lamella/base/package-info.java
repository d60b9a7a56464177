/**
 * Floor 0: what several packages need and no user does: random numbers, files replaced in one step,
 * the help for a misspelled word. Exported to no one.
 */
package dev.lamella.base;
