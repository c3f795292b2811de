package dev.caelum.e2e.lan;

import jakarta.json.JsonObject;

/** One machine as a node's API tells it; {@code json} is the whole object. */
public record Row(JsonObject json) {
  public String key() {
    return json.getString("key");
  }

  public String id() {
    return json.getString("machine_id");
  }

  /** alive, suspect, dead, left or heard. */
  public String state() {
    return json.getString("state");
  }

  public boolean connected() {
    return json.getBoolean("connected");
  }

  public boolean alive() {
    return connected() && state().equals("alive");
  }

  public boolean legacy() {
    return json.getBoolean("legacy");
  }

  public boolean self() {
    return json.getBoolean("self");
  }

  /** {@code ip:port} where it is dialled now, empty when unknown. */
  public String address() {
    return json.isNull("address") ? "" : json.getString("address");
  }

  public String hostname() {
    return json.isNull("hostname") ? "" : json.getString("hostname");
  }

  /** True when the machine is reached at {@code ip}. */
  public boolean at(String ip) {
    return address().startsWith(ip + ":");
  }
}
