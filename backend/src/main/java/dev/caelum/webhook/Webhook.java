package dev.caelum.webhook;

import dev.caelum.config.WebhookConfig;
import dev.caelum.feed.Notification;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Posts notifications to the address that is configured, one after the other and in their order.
 * One that is not taken is tried {@value #ATTEMPTS} times in about a minute; up to {@value #QUEUE}
 * wait meanwhile, and then the oldest gives way. Whoever hands one in never waits.
 */
public final class Webhook implements AutoCloseable {
  /** How many wait at most. */
  public static final int QUEUE = 100;

  static final int ATTEMPTS = 7;

  private static final Logger LOG = Logger.getLogger(Webhook.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Function<Notification, byte[]> body;
  private final Post post;
  private final Duration firstPause;
  private final LinkedBlockingQueue<Notification> waiting = new LinkedBlockingQueue<>(QUEUE);
  private final LongAdder taken = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Thread thread = Thread.ofVirtual().name("webhook").unstarted(this::run);
  private volatile WebhookConfig config;
  private volatile @Nullable String problem;

  /**
   * Sends nothing before {@link #start}.
   *
   * @param body the API's Notification object
   * @param version of this node, for the receiver's log
   */
  public Webhook(WebhookConfig config, Function<Notification, byte[]> body, String version) {
    this(config, body, version, FIRST_PAUSE, Clock.systemUTC());
  }

  Webhook(
      WebhookConfig config,
      Function<Notification, byte[]> body,
      String version,
      Duration firstPause,
      Clock clock) {
    this.config = config;
    this.body = body;
    this.firstPause = firstPause;
    this.post = new Post(version, PATIENCE, clock);
  }

  /** Begins to send. */
  public void start() {
    thread.start();
  }

  /** Sends by these settings from the next attempt on. */
  public void use(WebhookConfig next) {
    if (!next.url().equals(config.url())) {
      problem = null;
    }
    config = next;
  }

  /** Takes one to be sent, if one of its kind is; never blocks. */
  public void offer(Notification notification) {
    WebhookConfig now = config;
    if (now.url().isEmpty() || !now.events().contains(kind(notification))) {
      return;
    }
    while (!waiting.offer(notification)) {
      if (waiting.poll() != null) {
        dropped.increment();
      }
    }
  }

  /** The word for its kind in settings, headers and bodies. */
  private static String kind(Notification notification) {
    return notification.kind().name().toLowerCase(Locale.ROOT);
  }

  private void run() {
    try {
      while (true) {
        Notification next = waiting.take();
        try {
          deliver(next);
        } catch (RuntimeException e) {
          failed.increment();
          LOG.log(Level.WARNING, "A notification could not be sent", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.fine("The webhook ends");
    }
  }

  private void deliver(Notification notification) throws InterruptedException {
    byte[] bytes = body.apply(notification);
    Duration pause = firstPause;
    for (int attempt = 1; ; attempt++) {
      WebhookConfig to = config;
      if (to.url().isEmpty()) {
        return;
      }
      Delivered answer = post.send(to, kind(notification), notification.id(), bytes);
      if (answer.taken()) {
        worksAgain();
        taken.increment();
        return;
      }
      if (attempt == ATTEMPTS || !answer.later()) {
        fails(to.url().get(), answer);
        failed.increment();
        return;
      }
      retries.increment();
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private void worksAgain() {
    if (problem != null) {
      problem = null;
      LOG.info("The webhook takes notifications again");
    }
  }

  private void fails(URI url, Delivered answer) {
    String text =
        "The webhook at "
            + url.getHost()
            + " did not take the last notification ("
            + answer.reason()
            + "). Settings has a button to test it.";
    if (problem == null) {
      LOG.warning(text);
    }
    problem = text;
  }

  /** Sends {@code test} now and once, whatever waits; empty when no address is configured. */
  public Optional<Delivered> test(Notification test) throws InterruptedException {
    WebhookConfig to = config;
    if (to.url().isEmpty()) {
      return Optional.empty();
    }
    Delivered answer = post.send(to, "test", test.id(), body.apply(test));
    if (answer.taken()) {
      worksAgain();
    }
    return Optional.of(answer);
  }

  /** Why the last one was not taken, in a sentence. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** How many wait. */
  public int waiting() {
    return waiting.size();
  }

  /** How many were taken. */
  public long taken() {
    return taken.sum();
  }

  /** How many were given up. */
  public long failed() {
    return failed.sum();
  }

  /** How often one was tried again. */
  public long retries() {
    return retries.sum();
  }

  /** How many gave way to newer ones. */
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public void close() {
    thread.interrupt();
    post.close();
  }
}
