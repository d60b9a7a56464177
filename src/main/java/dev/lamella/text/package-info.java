/**
 * Floor 0: what is said of files that nobody vouches for. Text from them is shown escaped and cut;
 * files that are something else are called by what they are. Exported to no one.
 */
package dev.lamella.text;
