package dev.caelum.ui.view;

import dev.caelum.ui.client.NodeInfo;

/** One network interface in one line. */
final class InterfaceLine {
  private InterfaceLine() {}

  static String of(NodeInfo.Interface each) {
    String address = each.address();
    String name = address == null ? each.name() : each.name() + " " + address;
    String reason = each.reason() == null ? "" : each.reason();
    if (each.state().equals("skipped")) {
      return Words.of("interface.skipped", name, reason);
    }
    if (each.state().equals("failed")) {
      return Words.of("interface.failed", name, reason);
    }
    return Words.of("interface.up", name, each.sent(), each.received(), echo(each));
  }

  private static String echo(NodeInfo.Interface each) {
    if (each.multicastEcho()) {
      Double millis = each.echoMillis();
      return millis == null
          ? Words.of("interface.echo")
          : Words.of("interface.echo.ms", Words.decimal(millis, 1));
    }
    return Words.of(each.broadcastEcho() ? "interface.echo.broadcast" : "interface.echo.none");
  }
}
