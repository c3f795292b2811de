package dev.caelum.e2e.lan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A shell kept open inside a set of namespaces, so that one more command there costs no process
 * start. It ends with its input, so nothing of it can outlive this JVM.
 */
final class Shell implements AutoCloseable {
  private static final String MARK = "@@caelum@@ ";

  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  /** Starts {@code command}, which must end in a POSIX shell that reads standard input. */
  Shell(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in = process.outputWriter(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  /** Runs {@code script} and returns what it printed; a status other than 0 is an exception. */
  synchronized String run(String script) {
    try {
      in.write("{ " + script + "\n} </dev/null; printf '\\n" + MARK + "%s\\n' $?\n");
      in.flush();
      StringBuilder text = new StringBuilder();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(MARK)) {
          if (!line.equals(MARK + "0")) {
            throw new IllegalStateException(script + " failed: " + text);
          }
          return text.toString().strip();
        }
        text.append(line).append('\n');
      }
      throw new IllegalStateException("the shell ended at: " + script + "\n" + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Child.end(process);
  }
}
