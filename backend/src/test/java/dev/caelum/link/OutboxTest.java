package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.link.Outbox.Item;
import dev.caelum.link.Outbox.Offer;
import dev.caelum.link.Outbox.Urgency;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OutboxTest {
  private final AtomicInteger writers = new AtomicInteger();
  private final Outbox outbox = new Outbox(LinkLimits.DEFAULT, writers::incrementAndGet);

  @Test
  void controlFramesGoFirstThenUrgentMessagesThenTheRestThenWorkThenTheClose() {
    add("w", Urgency.WORK);
    add("a", Urgency.ORDINARY);
    add("b", Urgency.ORDINARY);
    add("u", Urgency.URGENT);
    outbox.ping(ByteBuffer.allocate(1));
    outbox.pong(ByteBuffer.allocate(2));
    outbox.close(1000, "done", false);

    assertThat(drain())
        .extracting(OutboxTest::name)
        .containsExactly("pong 2", "ping 1", "u", "a", "b", "w", "close 1000");
  }

  @Test
  void onlyTheLastPongIsOwed() {
    for (int i = 0; i < 1_000; i++) {
      outbox.pong(ByteBuffer.allocate(i % 125));
    }
    outbox.close(1000, "", false);

    assertThat(drain()).extracting(OutboxTest::name).containsExactly("pong 124", "close 1000");
  }

  @Test
  void fullIsBy256MessagesOrBy1MiBAndUrgentOnesHaveRoomOfTheirOwn() {
    for (int i = 0; i < 256; i++) {
      assertThat(add("m", Urgency.ORDINARY)).isEqualTo(Offer.TAKEN);
    }
    assertThat(add("m", Urgency.ORDINARY)).isEqualTo(Offer.FULL);
    assertThat(add("u", Urgency.URGENT)).isEqualTo(Offer.TAKEN);

    Outbox large = new Outbox(LinkLimits.DEFAULT, () -> {});
    assertThat(large.add(new Item.Text("half", 1 << 19), Urgency.ORDINARY)).isEqualTo(Offer.TAKEN);
    assertThat(large.add(new Item.Text("half", 1 << 19), Urgency.ORDINARY)).isEqualTo(Offer.TAKEN);
    assertThat(large.add(new Item.Text("one more", 8), Urgency.ORDINARY)).isEqualTo(Offer.FULL);
  }

  @Test
  void workWaitsInALaneOfItsOwn() {
    for (int i = 0; i < 128; i++) {
      assertThat(add("w", Urgency.WORK)).isEqualTo(Offer.TAKEN);
    }
    assertThat(add("w", Urgency.WORK)).isEqualTo(Offer.FULL);
    assertThat(add("m", Urgency.ORDINARY)).isEqualTo(Offer.TAKEN);
    assertThat(add("u", Urgency.URGENT)).isEqualTo(Offer.TAKEN);
  }

  @Test
  void anEmptyLaneTakesOneMessageOfTheLargestSize() {
    assertThat(outbox.add(new Item.Text("large", 1 << 20), Urgency.URGENT)).isEqualTo(Offer.TAKEN);
    assertThat(outbox.add(new Item.Text("small", 5), Urgency.URGENT)).isEqualTo(Offer.FULL);
  }

  @Test
  void whatWasTakenMakesRoom() {
    outbox.add(new Item.Text("large", 1 << 20), Urgency.ORDINARY);
    outbox.take();

    assertThat(outbox.add(new Item.Text("large", 1 << 20), Urgency.ORDINARY))
        .isEqualTo(Offer.TAKEN);
  }

  @Test
  void aDroppingCloseIsAllThatIsLeft() {
    add("never sent", Urgency.ORDINARY);
    outbox.close(1013, "send queue full", true);
    outbox.close(1000, "too late", false);

    assertThat(add("x", Urgency.URGENT)).isEqualTo(Offer.CLOSED);
    assertThat(drain()).extracting(OutboxTest::name).containsExactly("close 1013");
  }

  @Test
  void thereIsOneWriterWhileThereIsSomethingToWrite() {
    assertThat(writers).hasValue(0);
    add("a", Urgency.ORDINARY);
    add("b", Urgency.URGENT);
    outbox.ping(ByteBuffer.allocate(0));
    assertThat(writers).hasValue(1);

    drain();
    assertThat(writers).hasValue(1);
    add("c", Urgency.ORDINARY);
    assertThat(writers).hasValue(2);
  }

  @Test
  void aWriterThatFailedIsTheLast() throws Exception {
    add("a", Urgency.ORDINARY);
    outbox.writerFailed();

    assertThat(add("b", Urgency.ORDINARY)).isEqualTo(Offer.CLOSED);
    assertThat(writers).hasValue(1);
    outbox.awaitEnd();
  }

  @Test
  void theEndIsAwaitedUntilTheCloseIsWritten() throws Exception {
    outbox.close(1000, "", false);
    Thread waiter = Thread.ofVirtual().start(this::awaitEnd);
    assertThat(outbox.take()).isNotNull();
    assertThat(waiter.isAlive()).isTrue();

    assertThat(outbox.take()).isNull();
    waiter.join();
  }

  @Test
  void stoppingLeavesTheWriterNothing() {
    add("a", Urgency.ORDINARY);
    outbox.stop();

    assertThat(outbox.take()).isNull();
  }

  private void awaitEnd() {
    try {
      outbox.awaitEnd();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Offer add(String text, Urgency urgency) {
    return outbox.add(new Item.Text(text, text.length()), urgency);
  }

  private List<Item> drain() {
    List<Item> items = new ArrayList<>();
    for (Item item = outbox.take(); item != null; item = outbox.take()) {
      items.add(item);
    }
    return items;
  }

  private static String name(Item item) {
    return switch (item) {
      case Item.Text(String text, int _) -> text;
      case Item.Ping(ByteBuffer payload) -> "ping " + payload.remaining();
      case Item.Pong(ByteBuffer payload) -> "pong " + payload.remaining();
      case Item.Close(int code, String _) -> "close " + code;
    };
  }
}
