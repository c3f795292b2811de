package dev.caelum.e2e.lan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks the node of its own machine, for nobody else may change something there. For every line
 * {@code METHOD PATH BODY} on its input it prints {@code STATUS ANSWER}, status 0 when there was
 * none.
 */
final class Errands {
  private static final String NODE = "http://127.0.0.1:8080";
  private static final int TIMEOUT_MILLIS = 15_000;

  private Errands() {}

  public static void main(String[] args) throws IOException {
    try (var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String[] words = line.split(" ", 3);
        String answer;
        try {
          answer = ask(words[0], words[1], words[2]);
        } catch (IOException e) {
          answer = "0 " + e.getMessage();
        }
        System.out.println(answer.replace('\n', ' '));
      }
    }
  }

  private static String ask(String method, String path, String body) throws IOException {
    var connection = (HttpURLConnection) URI.create(NODE + path).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setRequestMethod(method);
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      try (var out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return status + " " + text;
    }
  }
}
