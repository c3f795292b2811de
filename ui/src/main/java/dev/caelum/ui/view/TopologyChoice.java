package dev.caelum.ui.view;

import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the map shows, as the page's address tells it.
 *
 * @param subnets whether groups are marked
 * @param servers whether MCP servers are
 * @param offline whether machines that are offline or left are shown
 * @param open the group that is shown one by one where groups are bubbles; empty for none
 * @param table whether it is shown as a table; null as the window's width has it
 * @param small whether there is little room: no round trips, few names, and bubbles sooner; no
 *     address tells that
 */
record TopologyChoice(
    boolean subnets,
    boolean servers,
    boolean offline,
    String open,
    @Nullable Boolean table,
    boolean small) {
  static final TopologyChoice USUAL = new TopologyChoice(true, false, true, "", null, false);

  /** What a picture beside other things shows. */
  static final TopologyChoice SMALL = new TopologyChoice(false, false, true, "", null, true);

  private static final String SUBNETS = "subnets";
  private static final String SERVERS = "servers";
  private static final String OFFLINE = "offline";
  private static final String OPEN = "open";
  private static final String AS = "as";
  private static final String ON = "on";
  private static final String OFF = "off";

  static TopologyChoice of(QueryParameters query) {
    String as = query.getSingleParameter(AS).orElse("");
    return new TopologyChoice(
        !query.getSingleParameter(SUBNETS).orElse(ON).equals(OFF),
        query.getSingleParameter(SERVERS).orElse(OFF).equals(ON),
        !query.getSingleParameter(OFFLINE).orElse(ON).equals(OFF),
        query.getSingleParameter(OPEN).orElse(""),
        switch (as) {
          case "table" -> Boolean.TRUE;
          case "map" -> Boolean.FALSE;
          default -> null;
        },
        false);
  }

  /** The address's parameters; what is usual is left out. */
  QueryParameters query() {
    Map<String, String> query = new LinkedHashMap<>();
    if (!subnets) {
      query.put(SUBNETS, OFF);
    }
    if (servers) {
      query.put(SERVERS, ON);
    }
    if (!offline) {
      query.put(OFFLINE, OFF);
    }
    if (!open.isEmpty()) {
      query.put(OPEN, open);
    }
    if (table != null) {
      query.put(AS, table ? "table" : "map");
    }
    return QueryParameters.simple(query);
  }

  TopologyChoice withSubnets(boolean now) {
    return new TopologyChoice(now, servers, offline, open, table, small);
  }

  TopologyChoice withServers(boolean now) {
    return new TopologyChoice(subnets, now, offline, open, table, small);
  }

  TopologyChoice withOffline(boolean now) {
    return new TopologyChoice(subnets, servers, now, open, table, small);
  }

  TopologyChoice withOpen(String now) {
    return new TopologyChoice(subnets, servers, offline, now, table, small);
  }

  TopologyChoice withTable(boolean now) {
    return new TopologyChoice(subnets, servers, offline, open, now, small);
  }
}
