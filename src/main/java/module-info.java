/**
 * Lamella: dense neural networks on the JVM, at native speed, in pure Java, with the same bits on
 * every machine.
 *
 * <p>Start at {@code dev.lamella.net} (what a network is, and asking it) and {@code
 * dev.lamella.train} (making it better). Run with {@code --add-modules jdk.incubator.vector};
 * without it everything works, slower, with the same results.
 */
@org.jspecify.annotations.NullMarked
module dev.lamella {
  // Optional at run time: absent, the scalar kernels give the same bits.
  requires static jdk.incubator.vector;
  // Says where null may stand. Not transitive: who uses this module need not have it.
  requires static org.jspecify;
  // Whether the CPU has hardware FMA is asked of the JVM itself.
  requires static jdk.management;

  // The header of model files is JSON.
  requires tools.jackson.core;
  // CSV rows to learn from: a small reader without dependencies, in the core because CSV is where
  // most data starts.
  requires de.siegmar.fastcsv;

  // A package is exported with its first class: until then its line is a comment.

  // The front door.
  exports dev.lamella;

  // Products for those who want only them.
  exports dev.lamella.math;

  // Networks and predictions.
  exports dev.lamella.net;

  // Rows to learn from.
  exports dev.lamella.data;

  // Model files.
  exports dev.lamella.model;

  // Training.
  exports dev.lamella.train;

  // Threads.
  exports dev.lamella.parallel;
}
