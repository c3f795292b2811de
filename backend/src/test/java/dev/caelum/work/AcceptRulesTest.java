package dev.caelum.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caelum.config.AcceptRule;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptRulesTest {
  private static final AcceptRule ECHO = AcceptRule.parse("echo@10.0.0.0/24");
  private static final AcceptRule ALL = AcceptRule.parse("*@192.0.2.1");
  private static final InetAddress NEAR = InetAddress.ofLiteral("10.0.0.9");

  @TempDir private Path folder;

  @Test
  void nothingIsAllowedToOthersUntilARuleSaysSo() throws Exception {
    AcceptRules rules = rules();
    assertThat(rules.allows("echo", NEAR)).isFalse();
    assertThat(rules.allows("echo", null)).as("the node itself").isTrue();
    assertThat(rules.warning()).isNull();

    rules.add(ECHO);
    assertThat(rules.allows("echo", NEAR)).isTrue();
    assertThat(rules.allowed(List.of("sleep", "echo"), NEAR)).containsExactly("echo");
    rules.add(ALL);
    assertThat(rules.warning())
        .isEqualTo(
            "Tasks from other machines run here: echo from 10.0.0.0/24, every type from 192.0.2.1");
  }

  @Test
  void aRuleHoldsAfterARestartUntilItIsRemoved() throws Exception {
    rules().add(ECHO);
    AcceptRules again = rules();
    assertThat(again.list()).containsExactly(ECHO);
    assertThat(again.remove(ECHO)).isTrue();
    assertThat(again.remove(ECHO)).isFalse();
    assertThat(rules().list()).isEmpty();
  }

  @Test
  void aRuleOfTheConfigurationStays() throws Exception {
    AcceptRules rules = new AcceptRules(folder.resolve("rules"), List.of(ECHO));
    assertThat(rules.fixed(ECHO)).isTrue();
    assertThat(rules.remove(ECHO)).isFalse();
    assertThat(rules.list()).containsExactly(ECHO);
  }

  @Test
  void whoListensHearsOfEachChange() throws Exception {
    AcceptRules rules = rules();
    AtomicInteger heard = new AtomicInteger();
    rules.listen(heard::incrementAndGet);
    rules.add(ECHO);
    rules.add(ECHO);
    rules.remove(ECHO);
    assertThat(heard).hasValue(2);
  }

  @Test
  void aLineThatIsNoRuleIsLeftOut() throws Exception {
    Files.writeString(folder.resolve("rules"), "echo@10.0.0.0/24\nrm -rf@all\n");
    assertThat(rules().list()).containsExactly(ECHO);
  }

  private AcceptRules rules() throws Exception {
    return new AcceptRules(folder.resolve("rules"), List.of());
  }
}
