package dev.caelum.cluster;

/**
 * Random for each start of a node: it tells a restart from a late packet.
 *
 * @param value 1 to 32 printable characters
 */
public record InstanceId(String value) {
  public InstanceId {
    if (value.isEmpty() || value.length() > 32) {
      throw new IllegalArgumentException(
          "an instance id has 1 to 32 characters, not " + value.length());
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
