package app.bookings.platform;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Traces across a booking's whole way: what recovery carries on is a trace of its own that links to
 * the request that began it (operating.md, "Traces"). Without an OTLP endpoint nothing is traced.
 */
@ApplicationScoped
public class Traces {

  /** W3C Trace Context, version 00. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

  private final Tracer tracer;

  Traces(Tracer tracer) {
    this.tracer = tracer;
  }

  /** The trace that is going on here, as {@code traceparent}; null when there is none. */
  public static String current() {
    SpanContext context = Span.current().getSpanContext();
    return context.isValid()
        ? "00-%s-%s-%s"
            .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex())
        : null;
  }

  /**
   * Does the work in a trace of its own that links to the one that began it. What is current is
   * kept per context, so the caller must be in one of this work's own ({@link LogContext#of}).
   */
  public <T> Uni<T> resume(String begunBy, UUID bookingId, Supplier<Uni<T>> work) {
    Matcher parts = TRACEPARENT.matcher(begunBy == null ? "" : begunBy);
    if (!parts.matches()) {
      return work.get();
    }
    SpanContext begun =
        SpanContext.createFromRemoteParent(
            parts.group(1),
            parts.group(2),
            TraceFlags.fromHex(parts.group(3), 0),
            TraceState.getDefault());
    return traced(begun, bookingId, work);
  }

  /** The scope ends with the work, which does not end in this method. */
  @SuppressWarnings("MustBeClosedChecker")
  private <T> Uni<T> traced(SpanContext begun, UUID bookingId, Supplier<Uni<T>> work) {
    Span span =
        tracer
            .spanBuilder("resume settlements")
            .setNoParent()
            .addLink(begun)
            .setAttribute("booking.id", bookingId.toString())
            .startSpan();
    Scope scope = span.makeCurrent();
    return Uni.createFrom()
        .deferred(() -> work.get())
        .onFailure()
        .invoke(span::recordException)
        .onTermination()
        .invoke(
            () -> {
              span.end();
              scope.close();
            });
  }
}
