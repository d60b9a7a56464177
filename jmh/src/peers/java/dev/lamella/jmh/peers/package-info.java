/** The peers: what users would pick instead. Compiled in the profile `peers` only. */
@NullMarked
package dev.lamella.jmh.peers;

import org.jspecify.annotations.NullMarked;
