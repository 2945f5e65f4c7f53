package app.bookings.platform;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/**
 * Which booking and company a line of the log is about (operating.md, "Logs"). It is kept in the
 * context of one request or of one booking's work: where there is none of its own, as on an event
 * loop that everybody shares, nothing is kept, and so nothing ends up in another's lines.
 */
public final class LogContext {

  private static final String BOOKING = "bookingId";
  private static final String COMPANY = "companyId";
  private static final String WORK = "work";

  private LogContext() {}

  /** From here on, in this request or work; null for what is not known. */
  public static void about(UUID bookingId, UUID companyId) {
    if (VertxContext.isOnDuplicatedContext()) {
      put(BOOKING, bookingId);
      put(COMPANY, companyId);
    }
  }

  private static void put(String name, Object value) {
    if (value != null) {
      MDC.put(name, value.toString());
    }
  }

  /** The work that carries on what others began, or null where a caller is served. */
  public static String work() {
    return VertxContext.isOnDuplicatedContext() ? (String) MDC.get(WORK) : null;
  }

  /**
   * Does the work in a context of its own. The result comes where it was asked for.
   *
   * @param what names the work
   */
  public static <T> Uni<T> of(UUID bookingId, String what, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            result -> {
              Context caller = Vertx.currentContext();
              if (caller == null) {
                work.get().subscribe().with(result::complete, result::fail);
                return;
              }
              io.opentelemetry.context.Context trace = io.opentelemetry.context.Context.current();
              own(caller)
                  .runOnContext(
                      started -> {
                        continueTrace(trace);
                        put(BOOKING, bookingId);
                        put(WORK, what);
                        Uni.createFrom()
                            .deferred(work::get)
                            .subscribe()
                            .with(
                                done -> caller.runOnContext(back -> result.complete(done)),
                                failure -> caller.runOnContext(back -> result.fail(failure)));
                      });
            });
  }

  private static Context own(Context caller) {
    Context context = VertxContext.createNewDuplicatedContext(caller);
    VertxContextSafetyToggle.setContextSafe(context, true);
    return context;
  }

  /** It ends with the context, which nobody else has. */
  @SuppressWarnings({"MustBeClosedChecker", "unused"})
  private static void continueTrace(io.opentelemetry.context.Context trace) {
    if (Span.fromContext(trace).getSpanContext().isValid()) {
      Scope unclosed = trace.makeCurrent();
    }
  }
}
