package dev.caelum.host;

import dev.caelum.cluster.InstanceId;
import dev.caelum.cluster.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Who this node is: what is kept in its data folder, and what is new with each start.
 *
 * @param machineId minted once; never derived from an address of hardware, which machines share
 * @param since when {@code machineId} was written, by the file system's clock
 * @param clusterId kept and shown, never compared: each old node minted its own
 * @param clusterName shown; separates clusters only when explicit
 * @param clusterNameExplicit whether a person set the name
 * @param instance new with each start
 * @param notes what was found wrong and put right, one sentence each
 */
public record Identity(
    NodeId machineId,
    Instant since,
    String clusterId,
    String clusterName,
    boolean clusterNameExplicit,
    InstanceId instance,
    List<String> notes) {
  private static final String MACHINE_ID = "machine_id";
  private static final String CLUSTER_ID = "cluster_id";
  private static final String CLUSTER_NAME = "cluster_name";
  private static final int MAX_FILE = 1024;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} ]{1,64}");

  public Identity {
    notes = List.copyOf(notes);
  }

  /**
   * Reads the identity that {@code folder} holds and mints what it lacks.
   *
   * <p>A file with an id that cannot be one is put aside as {@code NAME.bad} and replaced, and
   * noted: a node that stays down for it would help nobody. A cluster name that cannot be one
   * refuses the start instead: to ignore it would join a cluster that somebody meant to stay out
   * of.
   *
   * @param configuredName the name from options, environment or configuration file
   * @param primaryIp the main address; its last number is part of the default name
   * @throws IOException with a sentence for people
   */
  public static Identity load(
      DataFolder folder, Optional<String> configuredName, String hostname, String primaryIp)
      throws IOException {
    List<String> notes = new ArrayList<>();
    String machineId = keptOrNew(folder, MACHINE_ID, Identity::newMachineId, notes);
    String clusterId = keptOrNew(folder, CLUSTER_ID, () -> UUID.randomUUID().toString(), notes);
    Optional<String> explicit =
        configuredName.isPresent() ? configuredName : writtenName(folder, hostname);
    return new Identity(
        new NodeId(machineId),
        folder.written(MACHINE_ID),
        clusterId,
        explicit.orElseGet(() -> defaultName(hostname, primaryIp)),
        explicit.isPresent(),
        newInstance(),
        notes);
  }

  /** The id of a machine before and after its renewal. */
  public record Renewal(NodeId before, NodeId after) {}

  /**
   * Mints another machine id in place of {@code before}, to be taken at the next {@link #load}; the
   * old one stays as {@code machine_id.old}. All else of the identity is kept.
   *
   * @throws IOException with a sentence for people; the old id is then still the one in use
   */
  public static Renewal renew(DataFolder folder, NodeId before) throws IOException {
    NodeId after = new NodeId(newMachineId());
    write(folder, MACHINE_ID + ".old", before.value());
    write(folder, MACHINE_ID, after.value());
    return new Renewal(before, after);
  }

  private static void write(DataFolder folder, String file, String id) throws IOException {
    folder.write(file, (id + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String newMachineId() {
    return "caelum-" + randomHex(6);
  }

  private static InstanceId newInstance() {
    return new InstanceId(randomHex(8));
  }

  private static String keptOrNew(
      DataFolder folder, String file, Supplier<String> mint, List<String> notes)
      throws IOException {
    Optional<String> kept = text(folder, file);
    if (kept.isPresent()) {
      if (ID.matcher(kept.get()).matches()) {
        return kept.get();
      }
      folder.setAside(file);
      notes.add(
          "the file %s held no usable id; it was kept as %s.bad and a new id was made"
              .formatted(folder.path().resolve(file), file));
    }
    String minted = mint.get();
    write(folder, file, minted);
    return minted;
  }

  /**
   * The name that a person wrote to the file. Old nodes write their default there themselves: for
   * this host, that one separates nobody.
   */
  private static Optional<String> writtenName(DataFolder folder, String hostname)
      throws IOException {
    Optional<String> written = text(folder, CLUSTER_NAME).filter(name -> !name.isEmpty());
    if (written.isEmpty() || isDefault(written.get(), hostname)) {
      return Optional.empty();
    }
    if (!NAME.matcher(written.get()).matches()) {
      throw new IOException(
          "%s holds no usable cluster name: 1 to 64 printable characters in one line"
              .formatted(folder.path().resolve(CLUSTER_NAME)));
    }
    return written;
  }

  static boolean isDefault(String name, String hostname) {
    String prefix = "caelum-" + hostname.toLowerCase(Locale.ROOT) + "-";
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(prefix) && lower.substring(prefix.length()).matches("[0-9]{1,3}");
  }

  /** {@code caelum-HOST-LASTNUMBER}, as old nodes name themselves; at most 64 characters. */
  static String defaultName(String hostname, String primaryIp) {
    String last = primaryIp.substring(primaryIp.lastIndexOf('.') + 1);
    String number = last.matches("[0-9]{1,3}") ? last : "1";
    String host = hostname.substring(0, Math.min(hostname.length(), 64 - 11));
    return "caelum-" + host + "-" + number;
  }

  /** Empty without the file; undecodable bytes become characters that no id and no name has. */
  private static Optional<String> text(DataFolder folder, String file) throws IOException {
    return folder
        .read(file, MAX_FILE)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
