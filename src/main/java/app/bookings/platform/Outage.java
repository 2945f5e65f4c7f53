package app.bookings.platform;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * What fails again and again while something is away, told in the log when it begins, once for each
 * reason, and when it is over, with how often. It is over with the first success after ten seconds
 * without a failure: what fails now and then is one outage.
 */
public final class Outage {

  private static final long CALM = Duration.ofSeconds(10).toNanos();

  /** A failure after so long without any is a new outage, whether or not a success was seen. */
  private static final long FORGOTTEN = Duration.ofMinutes(1).toNanos();

  /** Reasons come from a short list in the code; this limits the memory if one does not. */
  private static final int REASONS = 20;

  private final Logger log;
  private final String what;
  private final LongSupplier nanos;
  private final Map<String, Long> failures = new TreeMap<>();
  private long began;
  private long last;
  private volatile boolean going;

  /**
   * An outage that may come.
   *
   * @param what of which the log tells, such as the name of a neighbour
   */
  public Outage(Logger log, String what) {
    this(log, what, System::nanoTime);
  }

  Outage(Logger log, String what, LongSupplier nanos) {
    this.log = log;
    this.what = what;
    this.nanos = nanos;
  }

  /**
   * It failed for a known reason, which is no defect of this service.
   *
   * @param reason one of a few, without ids
   */
  public void failed(String reason) {
    if (count(reason)) {
      log.warnf("%s: %s; told once, until it is over", what, reason);
    }
  }

  /** It failed in a way that was not expected: with its stack trace, the first time. */
  public void failed(Throwable unforeseen) {
    if (count(unforeseen.getClass().getSimpleName())) {
      log.errorf(unforeseen, "%s failed; told once, until it is over", what);
    }
  }

  private synchronized boolean count(String reason) {
    long now = nanos.getAsLong();
    if (going && now - last >= FORGOTTEN) {
      tellThatItIsOver();
    }
    if (!going) {
      going = true;
      began = now;
    }
    last = now;
    boolean known = failures.containsKey(reason);
    if (!known && failures.size() == REASONS) {
      return false;
    }
    failures.merge(reason, 1L, Long::sum);
    return !known;
  }

  /** It worked. */
  public void worked() {
    if (going) {
      end();
    }
  }

  private synchronized void end() {
    if (going && nanos.getAsLong() - last >= CALM) {
      tellThatItIsOver();
    }
  }

  private void tellThatItIsOver() {
    going = false;
    log.infof(
        "%s: over after %d seconds; failures by reason: %s",
        what, Duration.ofNanos(last - began).toSeconds(), failures);
    failures.clear();
  }
}
