package dev.caelum.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seeded mutations of valid messages: the codecs answer each with a value, and soon. */
class MutationTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String[] TOKENS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-",
    "1e400",
    "0.1",
    "99999999999999999999",
    "\\ud83d",
    "\\u0000",
    "\uFEFF",
    "\"_caelum\"",
    "\"message_type\"",
    "\"f\"",
    "NaN",
    "[[[[[[[[[["
  };

  @Test
  @Timeout(120)
  void twoHundredThousandMutationsAreAnswered() {
    Tally tally = run(20_261_122, 150_000, 50_000);
    assertThat(tally.understood).isGreaterThan(1_000);
    assertThat(tally.refused).isGreaterThan(50_000);
  }

  @Test
  @Tag("soak")
  void mutationsOfTenMinutesAreAnswered() {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    for (long seed = System.nanoTime(); System.nanoTime() - end < 0; seed++) {
      run(seed, 100_000, 20_000);
    }
  }

  private static final class Tally {
    int understood;
    int refused;

    void count(Decoded<?> decoded) {
      switch (decoded) {
        case Decoded.Value<?> value -> understood++;
        case Decoded.Rejected<?> rejected -> refused++;
      }
    }
  }

  private static Tally run(long seed, int datagrams, int frames) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> beacons =
        CapturesTest.resource("legacy-beacons.jsonl")
            .lines()
            .map(line -> line.getBytes(UTF_8))
            .collect(Collectors.toCollection(ArrayList::new));
    beacons.add(BeaconCodec.encode(Samples.announce(3, Samples.EXTENSION)));
    beacons.add(BeaconCodec.encode(Samples.announce(9, Samples.extension(Beacon.Kind.PROBE))));
    Samples.probes().values().forEach(message -> beacons.add(ProbeCodec.encode(message)));
    List<byte[]> texts = new ArrayList<>();
    for (Frame frame : Samples.frames().values()) {
      texts.add(FrameCodec.encode(new NumberedFrame(1, 2L, frame)).getBytes(UTF_8));
    }
    Tally tally = new Tally();
    for (int i = 0; i < datagrams; i++) {
      byte[] input = mutate(beacons, random);
      guard(seed, i, input, () -> tally.count(readDatagram(ByteBuffer.wrap(input))));
    }
    for (int i = 0; i < frames; i++) {
      byte[] input = mutate(texts, random);
      String text = new String(input, UTF_8);
      guard(seed, i, input, () -> tally.count(readFrame(text)));
    }
    return tally;
  }

  /** As the port reads it. */
  private static Decoded<?> readDatagram(ByteBuffer datagram) {
    return ProbeCodec.matches(datagram)
        ? ProbeCodec.decode(datagram)
        : BeaconCodec.decode(datagram);
  }

  /** As a link reads it: the frame, and what a registration in it says. */
  private static Decoded<?> readFrame(String text) {
    Decoded<NumberedFrame> frame = FrameCodec.decode(text);
    if (frame instanceof Decoded.Value<NumberedFrame>(NumberedFrame numbered)
        && numbered.frame() instanceof Frame.Legacy(Envelope envelope)) {
      RegistrationCodec.discovered(envelope.payload());
      return RegistrationCodec.decode(envelope.payload());
    }
    if (frame instanceof Decoded.Value<NumberedFrame>(NumberedFrame numbered)
        && numbered.frame() instanceof Frame.Pulse(MachineChange change)) {
      change.of(Samples.MACHINE);
    }
    return frame;
  }

  private static void guard(long seed, int number, byte[] input, Runnable decode) {
    // Processor time: how long the machine lets us wait says nothing of the decoder.
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      decode.run();
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(describe(seed, number, input), e);
    }
    if (THREADS.getCurrentThreadCpuTime() - start > SLOWEST_NANOS) {
      throw new AssertionError("took too long: " + describe(seed, number, input));
    }
  }

  private static String describe(long seed, int number, byte[] input) {
    return "seed " + seed + ", case " + number + ": " + HexFormat.of().formatHex(input);
  }

  private static byte[] mutate(List<byte[]> corpus, SplittableRandom random) {
    byte[] out = corpus.get(random.nextInt(corpus.size()));
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && out.length > 0; i++) {
      int at = random.nextInt(out.length);
      int end = Math.min(out.length, at + 1 + random.nextInt(24));
      out =
          switch (random.nextInt(7)) {
            case 0 -> replace(out, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> replace(out, at, end, new byte[0]);
            case 2 -> replace(out, at, at, Arrays.copyOfRange(out, at, end));
            case 3 -> replace(out, at, at, TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8));
            case 4 -> replace(out, at, end, TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8));
            case 5 -> {
              byte[] other = corpus.get(random.nextInt(corpus.size()));
              int from = random.nextInt(other.length);
              yield replace(out, at, out.length, Arrays.copyOfRange(other, from, other.length));
            }
            default -> {
              byte[] digit = {(byte) ('0' + random.nextInt(10))};
              yield out[at] >= '0' && out[at] <= '9' ? replace(out, at, at + 1, digit) : out;
            }
          };
    }
    return out;
  }

  private static byte[] replace(byte[] bytes, int from, int to, byte[] by) {
    byte[] out = new byte[bytes.length - (to - from) + by.length];
    System.arraycopy(bytes, 0, out, 0, from);
    System.arraycopy(by, 0, out, from, by.length);
    System.arraycopy(bytes, to, out, from + by.length, bytes.length - to);
    return out;
  }
}
