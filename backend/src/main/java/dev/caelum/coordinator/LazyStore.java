package dev.caelum.coordinator;

import dev.caelum.store.StoreUnavailable;
import dev.caelum.store.TaskStore;
import org.jspecify.annotations.Nullable;

/** Opens the store when it is first needed; a node without tasks has none in memory. */
public final class LazyStore implements AutoCloseable {
  /** Opens a store. */
  @FunctionalInterface
  public interface Opener {
    TaskStore open() throws StoreUnavailable;
  }

  private final Opener opener;
  private volatile @Nullable TaskStore store;
  private boolean closed;

  public LazyStore(Opener opener) {
    this.opener = opener;
  }

  /** The store, opened now if it was not. */
  public TaskStore get() throws StoreUnavailable {
    TaskStore known = store;
    return known != null ? known : open();
  }

  private synchronized TaskStore open() throws StoreUnavailable {
    TaskStore known = store;
    if (known == null) {
      if (closed) {
        throw new StoreUnavailable(
            StoreUnavailable.Why.AWAY,
            "This node is stopping.",
            new IllegalStateException("closed"));
      }
      known = opener.open();
      store = known;
    }
    return known;
  }

  /** The store, when it is open. */
  @Nullable TaskStore opened() {
    return store;
  }

  @Override
  public synchronized void close() {
    closed = true;
    TaskStore known = store;
    store = null;
    if (known != null) {
      known.close();
    }
  }
}
