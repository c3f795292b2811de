package dev.caelum.beacon;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what was handed over. */
final class Heard implements DatagramHandler {
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** A datagram with its payload as text. */
  record Entry(String text, InetSocketAddress source, @Nullable String interfaceName, Via via) {}

  @Override
  public void received(Datagram datagram) {
    String text = StandardCharsets.UTF_8.decode(datagram.payload().duplicate()).toString();
    entries.add(new Entry(text, datagram.source(), datagram.interfaceName(), datagram.via()));
  }

  List<Entry> all() {
    return entries;
  }

  List<Via> ways(String text) {
    return entries.stream().filter(each -> each.text().equals(text)).map(Entry::via).toList();
  }
}
