package dev.lamella;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What the calling thread allocates, and where. */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  /** The kernels' vectors are objects until the last compiler has come to them. */
  private static final long WARM_UP_NANOS = 10_000_000_000L;

  /** So long the compiler must have rested, and so long it may take, on a machine that is busy. */
  private static final long REST_NANOS = 3_000_000_000L;

  private static final long MOST_NANOS = 120_000_000_000L;

  private Allocations() {}

  /**
   * Warms up until so many calls allocate nothing; fails, and tells the places, if that never
   * comes.
   */
  public static void assertNone(String what, int calls, Runnable call) {
    assertAtMost(0, what, () -> repeat(calls, call));
  }

  /** Warms up until a call allocates no more bytes than that; fails if that never comes. */
  public static void assertAtMost(long most, String what, Runnable call) {
    assertTrue(THREADS.isThreadAllocatedMemoryEnabled(), "this JVM cannot measure allocation");
    long bytes = Long.MAX_VALUE;
    long start = System.nanoTime();
    long compiled = -1;
    long end = start + WARM_UP_NANOS;
    for (long now = start; bytes > most && now < end; now = System.nanoTime()) {
      long before = soFar();
      call.run();
      bytes = soFar() - before;
      long soFar = COMPILER.getTotalCompilationTime();
      if (soFar > compiled) {
        compiled = soFar;
        end = Math.min(start + MOST_NANOS, Math.max(end, now + REST_NANOS));
      }
    }
    if (bytes > most) {
      fail(
          what
              + " allocates "
              + bytes
              + " bytes, not "
              + most
              + ", most of them here:\n"
              + places(call));
    }
  }

  /** Returns the bytes that the calling thread has allocated so far. */
  public static long soFar() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  private static void repeat(int calls, Runnable call) {
    for (int i = 0; i < calls; i++) {
      call.run();
    }
  }

  /**
   * A flight recording of some seconds of calls: the stacks that allocate most, first ones first.
   */
  private static String places(Runnable call) {
    String event = "jdk.ObjectAllocationInNewTLAB";
    try (Recording recording = new Recording()) {
      recording.enable(event).withStackTrace();
      recording.start();
      long start = System.nanoTime();
      while (System.nanoTime() - start < 2_000_000_000L) {
        call.run();
      }
      recording.stop();
      Path file = Files.createTempFile("allocations", ".jfr");
      try {
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
            .filter(e -> e.getStackTrace() != null)
            .collect(Collectors.groupingBy(Allocations::place, Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .limit(5)
            .map(e -> e.getValue() + " times " + e.getKey())
            .collect(Collectors.joining("\n"));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return "(no flight recording: " + e + ")";
    }
  }

  private static String place(RecordedEvent event) {
    return event.getClass("objectClass").getName()
        + event.getStackTrace().getFrames().stream()
            .limit(12)
            .map(f ->
                "\n    "
                    + f.getMethod().getType().getName()
                    + "."
                    + f.getMethod().getName()
                    + ":"
                    + f.getLineNumber()
                    + " "
                    + f.getType())
            .collect(Collectors.joining());
  }
}
