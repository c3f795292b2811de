package dev.caelum.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Lets machines of some addresses have tasks of one type run here.
 *
 * @param type of tasks; {@code *} = every type that there is
 * @param network first address of the network, whose bits behind the prefix are 0
 * @param prefix bits of {@code network} that count
 */
public record AcceptRule(String type, InetAddress network, int prefix) {
  private static final String FORM = "TYPE@ADDRESS[/PREFIX] with TYPE a handler or *";

  /**
   * Reads {@code TYPE@ADDRESS} or {@code TYPE@ADDRESS/PREFIX}.
   *
   * @throws IllegalArgumentException with one sentence that names the text and the rule
   */
  public static AcceptRule parse(String text) {
    int at = text.indexOf('@');
    int slash = text.indexOf('/', at + 1);
    String type = at < 0 ? "" : text.substring(0, at).strip();
    if (!type.matches("\\*|[a-z0-9_.-]{1,64}")) {
      throw wrong(text);
    }
    InetAddress address;
    try {
      address =
          InetAddress.ofLiteral(text.substring(at + 1, slash < 0 ? text.length() : slash).strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(text + " is not " + FORM, e);
    }
    int bits = address.getAddress().length * 8;
    String prefix = slash < 0 ? "" + bits : text.substring(slash + 1).strip();
    if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits) {
      throw wrong(text);
    }
    return of(type, address, Integer.parseInt(prefix));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(text + " is not " + FORM);
  }

  private static AcceptRule of(String type, InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    try {
      return new AcceptRule(type, InetAddress.getByAddress(bytes), prefix);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address changed its length", e);
    }
  }

  /** Whether a machine at {@code source} may have tasks of {@code type} run here. */
  public boolean allows(String type, InetAddress source) {
    return (this.type.equals("*") || this.type.equals(type))
        && source.getAddress().length == network.getAddress().length
        && of(this.type, source, prefix).network().equals(network);
  }

  /** {@code 10.0.0.0/24}, or the address alone when it is one machine. */
  public String addresses() {
    boolean one = prefix == network.getAddress().length * 8;
    return network.getHostAddress().toLowerCase(Locale.ROOT) + (one ? "" : "/" + prefix);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return type + "@" + addresses();
  }
}
