package app.bookings.idempotency;

import app.bookings.booking.Booking;
import app.bookings.database.DatabaseUnavailable;
import app.bookings.neighbours.Deadline;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.JsonText;
import app.bookings.platform.Outage;
import app.bookings.problem.Failures;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.storage.BookingStore;
import app.bookings.storage.KeyOwner;
import app.bookings.storage.RequestRun;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Carries a request out once per caller and Idempotency-Key (api.md, "Idempotency-Key"). A crash
 * between the booking's commit and the answer leaves the key bound to the booking and to what the
 * request did: the answer is then made from these.
 */
@ApplicationScoped
public class IdempotentRequests {

  private static final Logger LOG = Logger.getLogger(IdempotentRequests.class);
  private static final Outage KEEPING = new Outage(LOG, "A key is left to its lease");
  private static final Set<Integer> NOT_KEPT = Set.of(401, 429, 500, 503);

  private final IdempotencyKeyStore keys;
  private final BookingStore bookings;
  private final TimedRequests timed;
  private final JsonText json;
  private final Duration patience;

  IdempotentRequests(
      IdempotencyKeyStore keys,
      BookingStore bookings,
      TimedRequests timed,
      JsonText json,
      BookingsConfig config) {
    this.timed = timed;
    this.keys = keys;
    this.bookings = bookings;
    this.json = json;
    this.patience = config.requestDeadline();
  }

  /**
   * A request that may be repeated.
   *
   * @param caller whose key it is
   * @param key the header as it came; null when there was none
   * @param path the path asked for, which with the body is what must be the same
   * @param deadline by when it is answered
   */
  public record Request(String caller, String key, String path, Object body, Deadline deadline) {}

  /** What became of a request: the booking, and the attempt at paying that the request began. */
  public record Result(Booking booking, int attempt) {}

  /** By when a request that begins now is answered. */
  public Deadline deadline() {
    return Deadline.in(patience);
  }

  /** What comes before the use case, which writes nothing of it. */
  public <T> Uni<T> before(Deadline deadline, Uni<T> work) {
    return work.ifNoItem()
        .after(TimedRequests.last(deadline))
        .failWith(DatabaseUnavailable::nothingWritten);
  }

  /**
   * Carries the request out, or gives its answer again. Ends within BOOKINGS_REQUEST_DEADLINE and a
   * moment, with what can be said then (reliability.md, "What an answer may claim").
   *
   * @param work the use case; goes on when the time is up
   * @param answer the answer that a booking is, at once or, after a crash, to whoever asks again
   * @return the answer, problems included; fails only with what is nobody's answer
   */
  public Uni<StoredResponse> once(
      Request request,
      Function<RequestRun, Uni<Booking>> work,
      Function<Result, StoredResponse> answer) {
    if (request.key() == null) {
      return timed.carryOut(request, RequestRun.withoutKey(), work, answer);
    }
    KeyOwner key =
        new KeyOwner(request.caller(), IdempotencyKeyHeader.read(request.key()), UUID.randomUUID());
    Supplier<Uni<StoredResponse>> first =
        () -> timed.carryOut(request, RequestRun.of(key), work, answer);
    return timed.answered(
        request,
        before(request.deadline(), run(request, key))
            .flatMap(
                run ->
                    switch (run.kind()) {
                      case ANSWERED -> Uni.createFrom().item(run.kept());
                      case FIRST -> owned(request, key, first.get());
                      case AGAIN -> owned(request, key, again(run.bound(), answer, first));
                    }));
  }

  /** Takes the key; before that nothing is written of what was asked for. */
  private Uni<KeyRun> run(Request request, KeyOwner key) {
    String hash = hash(request);
    return keys.take(key, hash)
        .flatMap(taken -> taken ? Uni.createFrom().item(KeyRun.FIRST) : repeated(key, hash))
        .onFailure(DatabaseUnavailable.class)
        .transform(failure -> DatabaseUnavailable.nothingWritten());
  }

  private Uni<KeyRun> repeated(KeyOwner key, String hash) {
    return keys.find(key)
        .flatMap(
            found -> {
              IdempotencyKeyStore.Found known = found.orElseThrow(IdempotentRequests::inProgress);
              if (!known.requestHash().equals(hash)) {
                throw Problem.of(
                    ProblemType.IDEMPOTENCY_KEY_REUSED, "The key belongs to another request.");
              }
              if (known.answer().isPresent()) {
                return Uni.createFrom()
                    .item(new KeyRun(KeyRun.Kind.ANSWERED, null, known.answer().get()));
              }
              if (known.owner().equals(key.owner())) {
                // Ours: the answer to taking it was lost with its connection.
                return Uni.createFrom().item(KeyRun.FIRST);
              }
              if (known.running()) {
                throw inProgress();
              }
              return keys.takeOver(key, known.owner())
                  .map(
                      ours -> {
                        if (!ours) {
                          throw inProgress();
                        }
                        return known
                            .bound()
                            .map(bound -> new KeyRun(KeyRun.Kind.AGAIN, bound, null))
                            .orElse(KeyRun.FIRST);
                      });
            });
  }

  /** Of a run that holds the key: its answer is kept, or the key is given free. */
  private Uni<StoredResponse> owned(Request request, KeyOwner key, Uni<StoredResponse> work) {
    return timed
        .answered(request, work)
        .onFailure()
        .invoke(() -> beside(keys.release(key)))
        .call(given -> keep(key, given, request.deadline()));
  }

  /** What a run of this request wrote before it died, as it stands now. */
  private Uni<StoredResponse> again(
      IdempotencyKeyStore.Bound bound,
      Function<Result, StoredResponse> answer,
      Supplier<Uni<StoredResponse>> first) {
    return bookings
        .findVisible(bound.bookingId())
        .flatMap(
            found -> {
              if (found.isPresent()) {
                return Uni.createFrom()
                    .item(answer.apply(new Result(found.get(), bound.attempt())));
              }
              if (bound.maybeNothing()) {
                return first.get();
              }
              throw Problem.of(ProblemType.BOOKING_NOT_FOUND, "The booking was deleted.");
            });
  }

  /** The answer is kept before it is given, but nobody waits for that longer than for the rest. */
  private Uni<Void> keep(KeyOwner key, StoredResponse answer, Deadline deadline) {
    boolean released = NOT_KEPT.contains(answer.status());
    // The booking is bound to the key: a repeat finds it even where its answer could not be kept.
    return beside(released ? keys.release(key) : kept(key, answer))
        .ifNoItem()
        .after(released ? TimedRequests.A_MOMENT : TimedRequests.last(deadline))
        .fail()
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> kept(KeyOwner key, StoredResponse answer) {
    return keys.keep(key, answer)
        .flatMap(idle -> idle ? keys.boundIdle(key.caller()) : Uni.createFrom().<Void>nullItem());
  }

  /** Goes on whether or not anybody waits for it. */
  private static Uni<Void> beside(Uni<Void> work) {
    Uni<Void> once = work.memoize().indefinitely();
    once.subscribe().with(done -> KEEPING.worked(), failure -> Failures.tell(KEEPING, failure));
    return once;
  }

  private static Problem inProgress() {
    return Problem.of(
        ProblemType.REQUEST_IN_PROGRESS, "The first request with this key has no answer yet.");
  }

  private String hash(Request request) {
    try {
      byte[] text =
          (request.path() + '\n' + json.write(Object.class, request.body()))
              .getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
