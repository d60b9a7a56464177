package dev.lamella.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a file is by its first bytes, for those who expected another one: what it is called, and
 * what helps where data or a model was wanted.
 */
public enum FileKind {
  /** The text that Git stores in place of a large file. */
  GIT_LFS(
      "a Git LFS pointer, which only stands for the file",
      "run git lfs pull to get the file itself",
      "run git lfs pull to get the file itself"),
  /** A page for a browser. */
  WEB_PAGE(
      "a web page (HTML)",
      "download the file itself, not the page that shows it",
      "download the file itself, not the page that shows it"),
  /** Compressed by gzip. */
  GZIP(
      "gzip data inside gzip data",
      "uncompress the outer one with gunzip",
      "uncompress it with gunzip"),
  /** What torch.save writes today: a ZIP archive around a pickle. */
  TORCH(
      "a file of torch.save, which can hold code",
      "save arrays in Python with numpy.save(path, x.numpy())",
      "save it in Python with safetensors.torch.save_file(model.state_dict(), path)"),
  /** Python objects, as torch.save wrote them before 2020. */
  PICKLE(
      "a Python pickle, which can hold code",
      "save arrays in Python with numpy.save(path, x), and tables with to_csv(path, index=False)",
      "save it in Python with safetensors.torch.save_file(model.state_dict(), path)"),
  /** The workbook of a spreadsheet program, ZIP or not. */
  SPREADSHEET(
      "a spreadsheet (such as XLSX)",
      "save the sheet as CSV in UTF-8",
      "give a model in safetensors"),
  /** A ZIP archive of NumPy arrays. */
  NPZ(
      "an archive of NumPy arrays",
      "give it where data are asked for",
      "give a model in safetensors, not its data"),
  /** Any other ZIP archive. */
  ZIP("a ZIP archive", "unpack it with unzip", "unpack it with unzip"),
  /** A hierarchical store of arrays, as Keras and MATLAB write it. */
  HDF5(
      "an HDF5 file",
      "save the arrays in Python with numpy.save(path, h5py.File(name)[key][()])",
      "save the weights in Python with safetensors.numpy.save_file"),
  /** Columns, as pandas and Spark write them. */
  PARQUET(
      "a Parquet file",
      "save it in Python with pandas.read_parquet(name).to_csv(path, index=False)",
      "give a model in safetensors, not its data"),
  /** Columns, as Arrow writes them. */
  ARROW(
      "an Arrow (Feather) file",
      "save it in Python with pandas.read_feather(name).to_csv(path, index=False)",
      "give a model in safetensors, not its data"),
  /** Compressed by something else than gzip. */
  COMPRESSED(
      "compressed with bzip2, xz, zstd, 7-Zip or RAR",
      "uncompress it; gzip is the only compression that is read",
      "uncompress it"),
  /** A document to print. */
  PDF("a PDF document", "give the data themselves, as CSV", "give a model in safetensors"),
  /** A picture. */
  PICTURE(
      "a picture",
      "save the pixels of all pictures as one array in Python with numpy.save(path, x)",
      "give a model in safetensors"),
  /** A database in a file. */
  SQLITE(
      "an SQLite database",
      "save the table with sqlite3 -header -csv name \"select * from ...\"",
      "give a model in safetensors"),
  /** Quantized weights of language models. */
  GGUF("a GGUF model", "give data: CSV, NPY or IDX", "give the model in safetensors"),
  /** One NumPy array. */
  NPY("a NumPy array", "give it where data are asked for", "give a model in safetensors"),
  /** A model or tensors of this library's own format. */
  SAFETENSORS(
      "a model file (safetensors)",
      "give the data here and the model in its own place",
      "give it where a model is asked for");

  /** How many bytes from the start are worth looking at. */
  public static final int PEEK = 4096;

  private static final String ENTRY = "PK\3\4";

  private final String what;
  private final String wayToData;
  private final String wayToModel;

  FileKind(String what, String wayToData, String wayToModel) {
    this.what = what;
    this.wayToData = wayToData;
    this.wayToModel = wayToModel;
  }

  /**
   * The sentence for a file that should hold data.
   *
   * @param name of the file
   * @return what it is and what helps
   */
  public String noData(String name) {
    return "%s is %s, not a table or array; %s".formatted(name, what, wayToData);
  }

  /**
   * The sentence for a file that should hold a model.
   *
   * @param name of the file
   * @return what it is and what helps
   */
  public String noModel(String name) {
    return "%s is %s, not a model in safetensors; %s"
        .formatted(name, this == GZIP ? "gzip data" : what, wayToModel);
  }

  /**
   * Whether bytes look like text, as a table does.
   *
   * @param start the first bytes of a file
   * @return whether none is a character that text does not have, and more than half are ASCII
   */
  public static boolean isText(byte[] start) {
    int ascii = 0;
    for (byte each : start) {
      if (each >= 0 && each < '\t') {
        return false;
      }
      ascii += each > 0 ? 1 : 0;
    }
    return ascii > start.length / 2;
  }

  /**
   * What a file is.
   *
   * @param start its first bytes, {@link #PEEK} of them or all
   * @return its kind, or null if it is none of these, as every text is
   */
  public static @Nullable FileKind of(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith(ENTRY) || text.startsWith("PK\5\6")) {
      return zip(text);
    }
    if (text.startsWith("version https://git-lfs")) {
      return GIT_LFS;
    }
    if (text.startsWith("\u001f\u008b")) {
      return GZIP;
    }
    if (text.startsWith("\u0080") && text.length() > 2 && text.charAt(1) >= 2) {
      return text.charAt(1) <= 5 ? PICKLE : null;
    }
    if (text.startsWith("{\"", 8) && text.length() > 10 && text.charAt(7) == 0) {
      return SAFETENSORS;
    }
    if (isWebPage(text)) {
      return WEB_PAGE;
    }
    // A table may have a column PAR1; text has none of the lowest characters.
    return text.chars().anyMatch(c -> c < '\t') ? byMagic(text) : null;
  }

  private static @Nullable FileKind byMagic(String text) {
    for (Magic magic : MAGICS) {
      if (text.startsWith(magic.start)) {
        return magic.kind;
      }
    }
    return null;
  }

  private record Magic(String start, FileKind kind) {}

  private static final Magic[] MAGICS = {
    new Magic("\u0093NUMPY", NPY),
    new Magic("\u0089HDF\r\n\u001a\n", HDF5),
    new Magic("MATLAB 7.3 MAT-file", HDF5),
    new Magic("PAR1", PARQUET),
    new Magic("ARROW1\0", ARROW),
    new Magic("FEA1", ARROW),
    new Magic("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", SPREADSHEET),
    new Magic("BZh91AY&SY", COMPRESSED),
    new Magic("\u00fd7zXZ\0", COMPRESSED),
    new Magic("(\u00b5/\u00fd", COMPRESSED),
    new Magic("7z\u00bc\u00af'\u001c", COMPRESSED),
    new Magic("Rar!\u001a\u0007", COMPRESSED),
    new Magic("%PDF-", PDF),
    new Magic("\u0089PNG\r\n\u001a\n", PICTURE),
    new Magic("\u00ff\u00d8\u00ff", PICTURE),
    new Magic("GIF8", PICTURE),
    new Magic("SQLite format 3\0", SQLITE),
    new Magic("GGUF", GGUF)
  };

  /** Archives are told apart by the names of their first files. */
  private static FileKind zip(String text) {
    List<String> names = entries(text);
    if (names.stream().anyMatch(name -> name.endsWith("data.pkl"))) {
      return TORCH;
    }
    if (names.stream().anyMatch(name -> name.equals("[Content_Types].xml"))
        || names.stream().anyMatch(name -> name.startsWith("xl/"))
        || text.contains("opendocument.spreadsheet")) {
      return SPREADSHEET;
    }
    return text.startsWith("PK\5\6") || names.stream().anyMatch(name -> name.endsWith(".npy"))
        ? NPZ // numpy.savez without an array is empty
        : ZIP;
  }

  /**
   * The names that follow the marks of an archive's files, as far as the start of it shows them.
   */
  private static List<String> entries(String text) {
    List<String> names = new ArrayList<>();
    for (int at = text.indexOf(ENTRY); at >= 0; at = text.indexOf(ENTRY, at + 1)) {
      int start = at + 30; // of the name; its length stands before it, and that of another field
      if (start <= text.length()) {
        int length = text.charAt(at + 26) | (text.charAt(at + 27) << 8);
        names.add(text.substring(start, Math.min(start + length, text.length())));
      }
    }
    return names;
  }

  private static boolean isWebPage(String text) {
    String content = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    String first = content.substring(0, Math.min(1000, content.length())).stripLeading();
    String start = first.substring(0, Math.min(14, first.length())).toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html")
        || start.startsWith("<html>")
        || start.startsWith("<html ")
        || start.startsWith("<head>");
  }
}
