package dev.caelum.link;

import java.net.InetAddress;
import java.util.Optional;

/** The last line of defence before a connection is made. */
@FunctionalInterface
public interface DialGuard {
  /** Why this target must not be dialled, in words for people; empty when it may be. */
  Optional<String> refusal(InetAddress address, int port);
}
