package dev.caelum.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.link.Outbox.Item;
import dev.caelum.link.Outbox.Offer;
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
  void controlFramesGoFirstThenUrgentMessagesThenTheRestThenTheClose() {
    add("a", false);
    add("b", false);
    add("u", true);
    outbox.ping(ByteBuffer.allocate(1));
    outbox.pong(ByteBuffer.allocate(2));
    outbox.close(1000, "done", false);

    assertThat(drain())
        .extracting(OutboxTest::name)
        .containsExactly("pong 2", "ping 1", "u", "a", "b", "close 1000");
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
      assertThat(add("m", false)).isEqualTo(Offer.TAKEN);
    }
    assertThat(add("m", false)).isEqualTo(Offer.FULL);
    assertThat(add("u", true)).isEqualTo(Offer.TAKEN);

    Outbox large = new Outbox(LinkLimits.DEFAULT, () -> {});
    assertThat(large.add(new Item.Text("half", 1 << 19), false)).isEqualTo(Offer.TAKEN);
    assertThat(large.add(new Item.Text("half", 1 << 19), false)).isEqualTo(Offer.TAKEN);
    assertThat(large.add(new Item.Text("one more", 8), false)).isEqualTo(Offer.FULL);
  }

  @Test
  void anEmptyLaneTakesOneMessageOfTheLargestSize() {
    assertThat(outbox.add(new Item.Text("large", 1 << 20), true)).isEqualTo(Offer.TAKEN);
    assertThat(outbox.add(new Item.Text("small", 5), true)).isEqualTo(Offer.FULL);
  }

  @Test
  void whatWasTakenMakesRoom() {
    outbox.add(new Item.Text("large", 1 << 20), false);
    outbox.take();

    assertThat(outbox.add(new Item.Text("large", 1 << 20), false)).isEqualTo(Offer.TAKEN);
  }

  @Test
  void aDroppingCloseIsAllThatIsLeft() {
    add("never sent", false);
    outbox.close(1013, "send queue full", true);
    outbox.close(1000, "too late", false);

    assertThat(add("x", true)).isEqualTo(Offer.CLOSED);
    assertThat(drain()).extracting(OutboxTest::name).containsExactly("close 1013");
  }

  @Test
  void thereIsOneWriterWhileThereIsSomethingToWrite() {
    assertThat(writers).hasValue(0);
    add("a", false);
    add("b", true);
    outbox.ping(ByteBuffer.allocate(0));
    assertThat(writers).hasValue(1);

    drain();
    assertThat(writers).hasValue(1);
    add("c", false);
    assertThat(writers).hasValue(2);
  }

  @Test
  void aWriterThatFailedIsTheLast() throws Exception {
    add("a", false);
    outbox.writerFailed();

    assertThat(add("b", false)).isEqualTo(Offer.CLOSED);
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
    add("a", false);
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

  private Offer add(String text, boolean urgent) {
    return outbox.add(new Item.Text(text, text.length()), urgent);
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
