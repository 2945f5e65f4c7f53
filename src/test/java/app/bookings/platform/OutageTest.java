package app.bookings.platform;

import static org.assertj.core.api.Assertions.assertThat;

import app.bookings.testsupport.Fast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** operating.md, "Logs": what is away is told when it begins and when it is over. */
@Fast
class OutageTest {

  private static final String NAME = "outage-test";

  private final java.util.logging.Logger logger = java.util.logging.Logger.getLogger(NAME);
  private final List<LogRecord> records = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Outage outage = new Outage(Logger.getLogger(NAME), "wallet", nanos::get);
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
  }

  @AfterEach
  void silence() {
    logger.removeHandler(handler);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private List<String> told() {
    return records.stream()
        .map(record -> new PatternFormatter("%p %s").format(ExtLogRecord.wrap(record)))
        .toList();
  }

  @Test
  void onceForEachReasonAndOnceWithCountsWhenItIsOver() {
    for (int i = 0; i < 2465; i++) {
      outage.failed(i % 5 == 0 ? "answered 500" : "no connection");
      pass(Duration.ofMillis(10));
    }
    outage.worked();
    assertThat(told())
        .containsExactly(
            "WARN wallet: answered 500; told once, until it is over",
            "WARN wallet: no connection; told once, until it is over");
    pass(Duration.ofSeconds(10));
    outage.worked();
    outage.worked();
    assertThat(told().subList(2, told().size()))
        .containsExactly(
            "INFO wallet: over after 24 seconds; failures by reason: {answered 500=493, no"
                + " connection=1972}");
    outage.failed("answered 500");
    assertThat(told()).hasSize(4);
  }

  /** One in ten calls that fails is one outage, not one for each. */
  @Test
  void whatFailsNowAndThenIsOneOutage() {
    for (int i = 0; i < 1000; i++) {
      outage.failed("answered 500");
      pass(Duration.ofSeconds(1));
      outage.worked();
    }
    assertThat(told()).hasSize(1);
  }

  @Test
  void aFailureLongAfterwardsIsAnotherOutage() {
    outage.failed("answered 500");
    pass(Duration.ofMinutes(1));
    outage.failed("answered 500");
    assertThat(told()).hasSize(3);
    assertThat(told().get(1)).startsWith("INFO wallet: over after 0 seconds");
  }

  @Test
  void whatNobodyForesawHasItsStackTraceOnce() {
    outage.failed(new IllegalStateException("first"));
    outage.failed(new IllegalStateException("second"));
    outage.failed(new IllegalArgumentException("third"));
    assertThat(records)
        .extracting(record -> record.getThrown().getMessage())
        .containsExactly("first", "third");
  }

  @Test
  void reasonsAreBounded() {
    for (int i = 0; i < 1000; i++) {
      outage.failed("reason " + i);
    }
    assertThat(told()).hasSize(20);
  }
}
