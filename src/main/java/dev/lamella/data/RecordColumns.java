package dev.lamella.data;

import dev.lamella.text.Quoted;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gives the components of a record to the encoders of their columns: one method handle for all, in
 * which no primitive is boxed, and which is compiled as one piece.
 */
final class RecordColumns {
  private static final MethodType READER = MethodType.methodType(void.class, Record.class);
  private static final MethodHandle NUMBER = setter("number", double.class);
  private static final MethodHandle INTEGER = setter("integer", long.class);
  private static final MethodHandle TRUTH = setter("bool", boolean.class);
  private static final MethodHandle VALUE = setter("value", Object.class);

  private RecordColumns() {}

  private static MethodHandle setter(String name, Class<?> type) {
    try {
      return MethodHandles.lookup()
          .findVirtual(CellEncoder.class, name, MethodType.methodType(void.class, type));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Gives the cells of one record. */
  static void read(MethodHandle reader, Record row) {
    try {
      reader.invokeExact(row);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("accessors of records throw nothing that is checked", e);
    }
  }

  /** A handle (Record)void that gives the cells of the columns. */
  static MethodHandle reader(
      Class<? extends Record> type, List<String> columns, CellEncoder[] cells) {
    RecordComponent[] components = type.getRecordComponents();
    List<MethodHandle> readers = new ArrayList<>();
    Map<RecordComponent, String> gives = new HashMap<>();
    for (int c = 0; c < cells.length; c++) {
      RecordComponent component = component(type, components, columns.get(c));
      String other = gives.put(component, columns.get(c));
      if (other != null) {
        throw new DataException(
            "component %s of record %s would give both column %s and column %s; give a map"
                .formatted(
                    component.getName(),
                    type.getName(),
                    Quoted.cell(other),
                    Quoted.cell(columns.get(c))));
      }
      readers.add(reader(type, component, cells[c]));
    }
    return sequence(readers);
  }

  /** One after the other; a balanced tree, so that no stack is deep. */
  private static MethodHandle sequence(List<MethodHandle> readers) {
    int half = readers.size() / 2;
    return half == 0
        ? readers.getFirst()
        : MethodHandles.foldArguments(
            sequence(readers.subList(half, readers.size())), sequence(readers.subList(0, half)));
  }

  private static MethodHandle reader(Class<?> type, RecordComponent component, CellEncoder cell) {
    MethodHandle setter = setter(component.getType(), cell).bindTo(cell);
    MethodHandle accessor = accessor(type, component.getAccessor());
    MethodType widened = accessor.type().changeReturnType(setter.type().parameterType(0));
    return MethodHandles.filterArguments(setter, 0, accessor.asType(widened)).asType(READER);
  }

  /** How a cell takes a value of a type; what has digits is no word in another spelling. */
  private static MethodHandle setter(Class<?> type, CellEncoder cell) {
    if (type == boolean.class) {
      return TRUTH;
    }
    if (type == int.class || type == long.class || type == short.class || type == byte.class) {
      return INTEGER;
    }
    boolean words = cell instanceof WordCell;
    return !words && (type == double.class || type == float.class) ? NUMBER : VALUE;
  }

  private static MethodHandle accessor(Class<?> type, Method method) {
    try {
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method);
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      throw new DataException(
          "record %s may not be read from here; make it public in an exported package, open its package to dev.lamella, or give a map"
              .formatted(type.getName()),
          e);
    }
  }

  /** The component of a column's name, or the only one with the same letters and digits. */
  private static RecordComponent component(
      Class<?> type, RecordComponent[] components, String column) {
    for (RecordComponent each : components) {
      if (each.getName().equals(column)) {
        return each;
      }
    }
    String wanted = plain(column);
    List<RecordComponent> alike =
        Arrays.stream(components)
            .filter(each -> !wanted.isEmpty() && plain(each.getName()).equals(wanted))
            .toList();
    if (alike.size() == 1) {
      return alike.getFirst();
    }
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    throw new DataException(
        "record %s has %s for column %s, which the model needs; add one of that name, or give a map (it has %s)"
            .formatted(
                type.getName(),
                alike.isEmpty() ? "no component" : alike.size() + " components",
                Quoted.cell(column),
                Quoted.list(names, 20, Quoted::cell)));
  }

  private static String plain(String name) {
    return name.codePoints()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .toLowerCase(Locale.ROOT);
  }
}
