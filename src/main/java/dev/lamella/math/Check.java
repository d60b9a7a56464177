package dev.lamella.math;

/** What a caller of {@link Blas} can get wrong, said in one sentence. */
final class Check {

  private Check() {}

  static void size(String name, int size) {
    if (size < 0) {
      throw new IllegalArgumentException(
          name
              + " is "
              + size
              + ", but a matrix has 0 or more rows and columns; give the size of the product");
    }
  }

  static void matrix(String name, int rows, int columns, float[] array, int offset, int stride) {
    if (stride < columns) {
      throw new IllegalArgumentException(
          "the rows of "
              + name
              + " are "
              + stride
              + " floats apart, but a row has "
              + columns
              + "; give a leading dimension of at least "
              + columns);
    }
    long end = rows == 0 || columns == 0 ? offset : offset + (rows - 1L) * stride + columns;
    if (offset < 0 || end > array.length) {
      throw new IllegalArgumentException(
          name
              + " of ("
              + rows
              + ", "
              + columns
              + ") with leading dimension "
              + stride
              + " at offset "
              + offset
              + " ends at "
              + end
              + ", but its array has "
              + array.length
              + " floats; give a larger array or a smaller shape");
    }
  }

  static void vector(String name, int size, float[] array, int offset, int increment) {
    if (increment == 0) {
      throw new IllegalArgumentException(
          "the increment of "
              + name
              + " is 0, but its "
              + size
              + " elements need places of their own; give 1 for neighbours");
    }
    long end = size == 0 ? offset : offset + (size - 1L) * Math.abs(increment) + 1;
    if (offset < 0 || end > array.length) {
      throw new IllegalArgumentException(
          name
              + " of "
              + size
              + " elements with increment "
              + increment
              + " at offset "
              + offset
              + " ends at "
              + end
              + ", but its array has "
              + array.length
              + " floats; give a larger array or a smaller size");
    }
  }

  /** Where element 0 stands: with a negative increment a vector is stored from its end. */
  static int first(int size, int offset, int increment) {
    return increment > 0 ? offset : offset - (size - 1) * increment;
  }
}
