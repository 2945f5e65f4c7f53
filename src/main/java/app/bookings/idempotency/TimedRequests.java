package app.bookings.idempotency;

import app.bookings.booking.Booking;
import app.bookings.idempotency.IdempotentRequests.Request;
import app.bookings.idempotency.IdempotentRequests.Result;
import app.bookings.neighbours.Deadline;
import app.bookings.platform.JsonText;
import app.bookings.platform.Outage;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemDocument;
import app.bookings.storage.RequestRun;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Carries a request out within its deadline and answers with what can be said then: the booking as
 * far as it got, that nothing was written, or that nobody can tell (reliability.md, "What an answer
 * may claim").
 */
@ApplicationScoped
class TimedRequests {
  private static final Logger LOG = Logger.getLogger(TimedRequests.class);
  private static final Outage CUT_SHORT = new Outage(LOG, "Answered with what was written");
  private static final int UNAVAILABLE = 503;

  /** Beyond the deadline, within which the use case itself ends with a better answer. */
  static final Duration A_MOMENT = Duration.ofMillis(300);

  private final JsonText json;

  TimedRequests(JsonText json) {
    this.json = json;
  }

  /** How long is waited for an answer at most. */
  static Duration last(Deadline deadline) {
    return deadline.left().plus(A_MOMENT);
  }

  /** The use case goes on when the time is up. */
  Uni<StoredResponse> carryOut(
      Request request,
      RequestRun run,
      Function<RequestRun, Uni<Booking>> work,
      Function<Result, StoredResponse> answer) {
    Uni<Booking> running =
        Uni.createFrom().deferred(() -> work.apply(run)).memoize().indefinitely();
    // What was begun goes on when the time is up.
    running.subscribe().with(done -> {}, failure -> LOG.debugf("%s failed", request.path()));
    return answered(
        request,
        running
            .ifNoItem()
            .after(last(request.deadline()))
            .fail()
            .onFailure(failure -> !(failure instanceof Problem) || unavailable(failure))
            .recoverWithUni(failure -> asFarAsItGot(run, failure))
            .map(booking -> answer.apply(new Result(booking, run.attempt()))));
  }

  private static boolean unavailable(Throwable failure) {
    return failure instanceof Problem problem && problem.type().status() == UNAVAILABLE;
  }

  /** What was written is there, whatever went wrong afterwards. */
  private static Uni<Booking> asFarAsItGot(RequestRun run, Throwable failure) {
    if (run.written().isPresent()) {
      CUT_SHORT.failed(failure.getClass().getSimpleName());
      return Uni.createFrom().item(run.written().get());
    }
    if (failure instanceof TimeoutException) {
      return Uni.createFrom().failure(run.unfinished(null));
    }
    return Uni.createFrom()
        .failure(failure instanceof Problem problem ? run.unfinished(problem) : failure);
  }

  /** A refusal is an answer too, and kept like any other. */
  Uni<StoredResponse> answered(Request request, Uni<StoredResponse> work) {
    return work.onFailure(Problem.class)
        .recoverWithItem(failure -> refusal(failure, request.path()));
  }

  private StoredResponse refusal(Problem problem, String path) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", ProblemDocument.MEDIA_TYPE);
    if (problem.retryAfterSeconds() != null) {
      headers.put("Retry-After", problem.retryAfterSeconds().toString());
    }
    return new StoredResponse(
        problem.type().status(),
        headers,
        json.write(ProblemDocument.class, ProblemDocument.of(problem, path)));
  }
}
