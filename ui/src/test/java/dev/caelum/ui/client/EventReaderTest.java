package dev.caelum.ui.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final String STREAM =
      ": hello\n\nid: 7\nevent: machine\ndata: {\"a\":\ndata: \"Büro 🖥\"}\n\n"
          + "event: forgotten\n\ndata:no space\r\n\r\ndata: cut off";

  /** Whatever the network cuts the stream into, the events are the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 4_096})
  void eventsDoNotDependOnHowTheirBytesCome(int most) throws IOException {
    InputStream pieces =
        new ByteArrayInputStream(STREAM.getBytes(UTF_8)) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, most));
          }
        };
    AtomicInteger lines = new AtomicInteger();
    EventReader reader = new EventReader(pieces, lines::incrementAndGet);
    List<EventReader.RawEvent> events = new ArrayList<>();
    for (var event = reader.next(); event != null; event = reader.next()) {
      events.add(event);
    }
    assertThat(events)
        .containsExactly(
            new EventReader.RawEvent("7", "machine", "{\"a\":\n\"Büro 🖥\"}"),
            new EventReader.RawEvent(null, "message", "no space"));
    assertThat(lines).hasValue(11);
  }
}
