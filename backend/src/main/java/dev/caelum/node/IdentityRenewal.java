package dev.caelum.node;

import dev.caelum.host.DataFolder;
import dev.caelum.host.Identity;
import dev.caelum.http.NodePort.RenewedId;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Another id for this machine, once in the life of a node: its successor in the process has it. */
final class IdentityRenewal {
  private static final Logger LOG = Logger.getLogger(IdentityRenewal.class.getName());

  private final DataFolder folder;
  private final Identity identity;
  private final Runnable again;
  private @Nullable RenewedId renewed;
  private boolean told;

  /**
   * For the node of {@code identity}.
   *
   * @param again starts the node anew; returns at once
   */
  IdentityRenewal(DataFolder folder, Identity identity, Runnable again) {
    this.folder = folder;
    this.identity = identity;
    this.again = again;
  }

  Instant since() {
    return identity.since();
  }

  synchronized RenewedId renew() throws IOException {
    RenewedId done = renewed;
    if (done == null) {
      Identity.Renewal renewal = Identity.renew(folder, identity.machineId());
      done = new RenewedId(renewal.before(), renewal.after());
      renewed = done;
      LOG.info(
          "New id %s in place of %s by request; the node starts anew under it"
              .formatted(done.after(), done.before()));
    }
    return done;
  }

  /** Does nothing before a renewal, and once after it. */
  synchronized void restart() {
    if (renewed != null && !told) {
      told = true;
      again.run();
    }
  }
}
