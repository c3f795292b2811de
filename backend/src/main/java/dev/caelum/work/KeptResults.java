package dev.caelum.work;

import dev.caelum.task.Lease;
import dev.caelum.task.TaskError;
import dev.caelum.task.WorkMessage.Ending;
import dev.caelum.task.WorkMessage.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Results that were not taken yet, a file each: they survive {@code kill -9}, not a loss of power,
 * after which the task is run again. Not thread-safe.
 */
final class KeptResults {
  private static final int FORM = 1;
  private static final long LARGEST = 1 << 21;
  private static final String ENDING = ".result";

  private final Path folder;

  /**
   * One result of an earlier run.
   *
   * @param machine the coordinator's key
   * @param at milliseconds since 1970 when it was written
   */
  record Kept(String machine, Outcome outcome, long at) {}

  KeptResults(Path folder) {
    this.folder = folder;
  }

  /** Writes a result; replaces none of another lease. */
  void keep(String machine, Outcome outcome, long at) throws IOException {
    Files.createDirectories(folder);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(bytes)) {
      data.writeByte(FORM);
      data.writeLong(at);
      text(data, machine);
      text(data, outcome.lease().task());
      data.writeLong(outcome.lease().epoch());
      text(data, outcome.ending().name());
      text(data, outcome.result());
      TaskError error = outcome.error();
      text(data, error == null ? null : error.code());
      text(data, error == null ? null : error.text());
      data.writeLong(outcome.millis());
      data.writeLong(sum(bytes.toByteArray(), bytes.size()));
    }
    Path file = file(outcome.lease());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, bytes.toByteArray());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a result if it is there. */
  void forget(Lease lease) throws IOException {
    Files.deleteIfExists(file(lease));
  }

  /** At most {@code most} results of earlier runs; what is damaged or half written is deleted. */
  List<Kept> load(int most) throws IOException {
    List<Kept> out = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return out;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Kept kept = null;
      if (file.toString().endsWith(ENDING) && Files.size(file) <= LARGEST && out.size() < most) {
        kept = read(Files.readAllBytes(file));
      }
      if (kept == null) {
        Files.deleteIfExists(file);
      } else {
        out.add(kept);
      }
    }
    return out;
  }

  private static @Nullable Kept read(byte[] bytes) {
    try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (data.readByte() != FORM) {
        return null;
      }
      long at = data.readLong();
      String machine = text(data);
      String task = text(data);
      Lease lease = task == null ? null : new Lease(task, data.readLong());
      String ending = text(data);
      String result = text(data);
      String code = text(data);
      String why = text(data);
      long millis = data.readLong();
      boolean whole = data.readLong() == sum(bytes, bytes.length - Long.BYTES);
      if (!whole || machine == null || lease == null || ending == null) {
        return null;
      }
      TaskError error = code == null || why == null ? null : new TaskError(code, why);
      return new Kept(
          machine, new Outcome(lease, Ending.valueOf(ending), result, error, millis), at);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static void text(DataOutputStream data, @Nullable String text) throws IOException {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    data.writeInt(text == null ? -1 : bytes.length);
    data.write(bytes);
  }

  private static @Nullable String text(DataInputStream data) throws IOException {
    int length = data.readInt();
    if (length > LARGEST) {
      throw new IOException("damaged");
    }
    return length < 0 ? null : new String(data.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static long sum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  /** An id comes from the network, so it is no name of a file. */
  private Path file(Lease lease) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(lease.task().getBytes(StandardCharsets.UTF_8));
      String name = HexFormat.of().formatHex(hash, 0, 16);
      return folder.resolve(name + "-" + lease.epoch() + ENDING);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
