package dev.lamella.jmh.peers;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/** OpenBLAS. */
public final class OpenBlasPeer extends CblasPeer {

  /** Loads the library. */
  public OpenBlasPeer(int threads) {
    Loader.load(openblas.class);
    Cblas.claim("openblas");
    Cblas.set("openblas_set_num_threads", threads);
  }

  @Override
  public String about() {
    return Cblas.text("openblas_get_config")
        + ", kernels of "
        + Cblas.text("openblas_get_corename");
  }
}
