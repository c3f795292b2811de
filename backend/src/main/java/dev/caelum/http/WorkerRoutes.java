package dev.caelum.http;

import dev.caelum.config.AcceptRule;
import dev.caelum.work.AcceptRules;
import dev.caelum.work.WorkDesk;
import dev.caelum.work.Worker;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs on this machine for coordinators, and who may have what run here. */
final class WorkerRoutes {
  private static final String WORKER = HttpApi.BASE + "/worker";
  private static final String RULES = WORKER + "/rules";

  private final Worker worker;
  private final AcceptRules rules;

  WorkerRoutes(WorkDesk desk) {
    this.worker = desk.worker();
    this.rules = desk.rules();
  }

  /** One rule; {@code fixed}: it is of the configuration and cannot be removed here. */
  public record RuleView(String rule, String type, String addresses, boolean fixed) {}

  /** All rules, and what people are warned of while there are any. */
  public record RulesView(List<RuleView> rules, @Nullable String warning) {}

  /** How the worker is; {@code kept}: results that no coordinator took yet. */
  public record WorkerView(
      List<String> handlers,
      int slots,
      int running,
      int waiting,
      int kept,
      long began,
      long refused,
      List<RuleView> rules,
      @Nullable String warning) {}

  void register(Routes routes) {
    routes.get(WORKER, _ -> Reply.ok(worker()));
    routes.get(RULES, _ -> Reply.ok(rules()));
    routes.post(RULES, this::add);
    routes.delete(RULES, this::remove);
  }

  private WorkerView worker() {
    Worker.View now = worker.view();
    return new WorkerView(
        now.handlers(),
        now.slots(),
        now.running(),
        now.waiting(),
        now.kept(),
        now.began(),
        now.refused(),
        rules().rules(),
        rules.warning());
  }

  private RulesView rules() {
    return new RulesView(rules.list().stream().map(this::view).toList(), rules.warning());
  }

  private RuleView view(AcceptRule rule) {
    return new RuleView(rule.toString(), rule.type(), rule.addresses(), rules.fixed(rule));
  }

  private Reply add(ServerRequest request) throws IOException {
    AcceptRule rule = rule(Bodies.text(Bodies.json(request), "rule", 128));
    if (!rule.type().equals("*") && !worker.view().handlers().contains(rule.type())) {
      throw Problem.of(400, "no_handler", "This machine has no handler " + rule.type() + ".")
          .hint("It has " + String.join(", ", worker.view().handlers()) + "; * is all of them.")
          .refused();
    }
    try {
      rules.add(rule);
    } catch (IllegalStateException full) {
      throw Problem.of(409, "full", String.valueOf(full.getMessage())).refused();
    }
    return Reply.of(201, rules());
  }

  private Reply remove(ServerRequest request) throws IOException {
    String text = Bodies.parameter(request, "rule");
    AcceptRule rule = rule(text == null ? "" : text);
    if (rules.fixed(rule)) {
      throw Problem.of(409, "fixed", "The rule " + rule + " is of the configuration: task-accept.")
          .refused();
    }
    if (!rules.remove(rule)) {
      throw Problem.of(404, "no_rule", "There is no rule " + rule + ".").refused();
    }
    return Reply.ok(rules());
  }

  private static AcceptRule rule(String text) {
    try {
      return AcceptRule.parse(text);
    } catch (IllegalArgumentException e) {
      throw Json.bad(String.valueOf(e.getMessage())).refused();
    }
  }
}
