package dev.caelum.cluster;

/**
 * The stable name of a node; it survives a restart. Old nodes on Linux all share one, so a node id
 * alone never tells two machines apart.
 *
 * @param value 1 to 64 printable characters
 */
public record NodeId(String value) implements Comparable<NodeId> {
  public NodeId {
    if (value.isEmpty() || value.length() > 64) {
      throw new IllegalArgumentException("a node id has 1 to 64 characters, not " + value.length());
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
