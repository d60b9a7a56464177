package dev.lamella.formula;

/** The reference: one number after the other. */
public final class ConvertScalar extends Convert {

  @Override
  public void bytes(
      byte[] source, int offset, float scale, float shift, float[] into, int intoOffset, int n) {
    for (int i = 0; i < n; i++) {
      into[intoOffset + i] = Math.fma((float) (source[offset + i] & 0xff), scale, shift);
    }
  }
}
