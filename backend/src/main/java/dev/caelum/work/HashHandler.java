package dev.caelum.work;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Hashes {@code text} (as UTF-8) or {@code bytes} (base64); {@code algorithm} usually SHA-256. */
final class HashHandler implements TaskHandler {
  private static final List<String> ALGORITHMS =
      List.of("SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-512", "SHA-1", "MD5");

  @Override
  public String type() {
    return "hash";
  }

  @Override
  public String run(TaskContext context) throws TaskFailed {
    Payload payload = Payload.of(context.payload());
    String algorithm = payload.text("algorithm", "SHA-256");
    if (!ALGORITHMS.contains(algorithm)) {
      throw TaskFailed.payload("algorithm must be one of " + String.join(", ", ALGORITHMS) + ".");
    }
    byte[] bytes = bytes(payload);
    try {
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
      return "{\"algorithm\":\""
          + algorithm
          + "\",\"hash\":\""
          + hash
          + "\",\"bytes\":"
          + bytes.length
          + "}";
    } catch (NoSuchAlgorithmException e) {
      throw new TaskFailed("algorithm", "This machine's Java lacks " + algorithm + ".", true);
    }
  }

  private static byte[] bytes(Payload payload) throws TaskFailed {
    String text = payload.textOrNull("text");
    String bytes = payload.textOrNull("bytes");
    if (text != null && bytes == null) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (bytes == null || text != null) {
      throw TaskFailed.payload("Either text or bytes must be there.");
    }
    try {
      return Base64.getDecoder().decode(bytes);
    } catch (IllegalArgumentException e) {
      throw TaskFailed.payload("bytes must be base64.");
    }
  }
}
