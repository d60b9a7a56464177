package dev.lamella.formula;

/** Changes of number format on the way into a batch. */
public abstract sealed class Convert permits ConvertScalar, ConvertVector {

  Convert() {}

  /**
   * Writes into = source · scale + shift, the bytes read as 0 to 255, multiplied and added in one
   * rounding.
   *
   * @param source (n) from {@code offset}
   * @param into (n) from {@code intoOffset}
   */
  public abstract void bytes(
      byte[] source, int offset, float scale, float shift, float[] into, int intoOffset, int n);
}
