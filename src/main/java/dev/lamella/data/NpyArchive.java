package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a {@code .npz} file, the format of NumPy's {@code savez}: a ZIP archive of {@code
 * .npy} files.
 *
 * <p>It is read from front to back, once, so that a pipe does as well and no directory at the end
 * can point anywhere twice; the checksum of an array is compared as its end is read.
 */
final class NpyArchive {
  private static final String ENDING = ".npy";
  private static final int MOST_ENTRIES = 100_000;
  private static final int MOST_SHOWN = 20;

  private final Source source;

  NpyArchive(Source source) {
    this.source = source;
  }

  /** What to say where an array of a file was asked for that is one array, or none. */
  static DataException isNone(String file, String array) {
    return new DataException(
        "%s is no archive of arrays, so it has no array %s; leave :%s out"
            .formatted(file, Quoted.of(array), Quoted.name(array)));
  }

  /** The array of that name, or the only one. */
  Npy read(@Nullable String wanted) {
    Set<String> names = new LinkedHashSet<>();
    Npy found = null;
    try {
      ZipInputStream zip = new ZipInputStream(source.stream());
      int entries = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = name(entry);
        if (++entries > MOST_ENTRIES || (name != null && !names.add(name))) {
          throw new DataException(
              name == null || entries > MOST_ENTRIES
                  ? "%s holds more than %d files".formatted(source.name(), MOST_ENTRIES)
                  : "%s holds two arrays %s; give each a name of its own"
                      .formatted(source.name(), Quoted.of(name)));
        }
        if (name != null && (wanted == null ? names.size() == 1 : name.equals(wanted))) {
          found = Npy.read(source.part(source.name() + ":" + Quoted.name(name), array(zip)));
        }
      }
    } catch (ZipException | IllegalArgumentException e) { // The latter for names that are no UTF-8.
      throw new DataException(
          "%s is a damaged archive (%s); copy the file again"
              .formatted(source.name(), Quoted.sentence(String.valueOf(e.getMessage()))),
          e);
    } catch (IOException e) {
      throw source.wrap(e);
    }
    if (found == null || (wanted == null && names.size() > 1)) {
      throw new DataException(unsaid(wanted, names));
    }
    return found;
  }

  /** The bytes of the entry at which the archive stands, without a way to close the archive. */
  private static InputStream array(ZipInputStream zip) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return zip.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return zip.read(into, offset, length);
      }
    };
  }

  private static @Nullable String name(ZipEntry entry) {
    String name = entry.getName();
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : null;
  }

  private String unsaid(@Nullable String wanted, Set<String> names) {
    String listed = Quoted.list(names, MOST_SHOWN, Quoted::name);
    if (names.isEmpty()) {
      return source.name() + " is an archive without arrays; save some in Python with numpy.savez";
    }
    return wanted == null
        ? "%s holds %d arrays: %s; name one, as in %s:%s"
            .formatted(
                source.name(),
                names.size(),
                listed,
                source.name(),
                Quoted.name(names.iterator().next()))
        : "%s has no array %s; it has %s".formatted(source.name(), Quoted.of(wanted), listed);
  }
}
