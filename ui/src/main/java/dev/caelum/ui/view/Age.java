package dev.caelum.ui.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import org.jspecify.annotations.Nullable;

/** An age that ticks in the browser. */
@Tag("caelum-age")
final class Age extends Component {
  /**
   * @param pattern the words around the age, for example {@code {0} ago}
   */
  Age(String pattern) {
    getElement().setAttribute("pattern", pattern);
  }

  /** Counts from {@code moment} of {@link dev.caelum.ui.client.Monotonic}; null shows a dash. */
  void since(@Nullable Long moment) {
    if (moment == null) {
      getElement().removeAttribute("since");
    } else {
      getElement().setAttribute("since", moment.toString());
    }
  }
}
