package dev.lamella.jmh.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;

/** Intel's Math Kernel Library. */
public final class MklPeer extends CblasPeer {

  /** Loads the library. */
  public MklPeer(int threads) {
    Loader.load(mkl_rt.class);
    Cblas.claim("mkl");
    Cblas.set("MKL_Set_Num_Threads", threads);
    Cblas.set("MKL_Set_Dynamic", 0);
  }

  @Override
  public String about() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(200);
      Cblas.handle("MKL_Get_Version_String", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT))
          .invokeExact(text, 199);
      return text.getString(0).strip();
    } catch (Throwable e) {
      throw new IllegalStateException("MKL does not tell its version.", e);
    }
  }
}
