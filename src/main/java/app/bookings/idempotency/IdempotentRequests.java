package app.bookings.idempotency;

import app.bookings.booking.KeyOwner;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemDocument;
import app.bookings.problem.ProblemType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Carries a request out once per caller and Idempotency-Key (api.md, "Idempotency-Key"). A crash
 * between the booking's commit and the answer leaves the key bound to the booking: the answer is
 * then made from the booking as it stands.
 */
@ApplicationScoped
public class IdempotentRequests {

  private static final Logger LOG = Logger.getLogger(IdempotentRequests.class);
  private static final Set<Integer> NOT_KEPT = Set.of(401, 429, 500, 503);
  private static final int LONGEST_KEY = 255;

  private final IdempotencyKeys keys;
  private final ObjectMapper json;

  IdempotentRequests(IdempotencyKeys keys, ObjectMapper json) {
    this.keys = keys;
    this.json = json;
  }

  /**
   * A request that may be repeated.
   *
   * @param caller whose key it is
   * @param key the header as it came; null when there was none
   * @param path the path asked for, which with the body is what must be the same
   */
  public record Request(String caller, String key, String path, Object body) {}

  /**
   * Carries the request out, or gives its answer again.
   *
   * @param first what to do the first time
   * @param again how to answer for a booking that a run of this request made before it died
   * @return the answer, problems included; fails only with what is nobody's answer
   */
  public Uni<StoredAnswer> once(
      Request request,
      Function<Optional<KeyOwner>, Uni<StoredAnswer>> first,
      Function<UUID, Uni<StoredAnswer>> again) {
    if (request.key() == null) {
      return answered(request, Uni.createFrom().deferred(() -> first.apply(Optional.empty())));
    }
    KeyOwner key = new KeyOwner(request.caller(), keyOf(request.key()), UUID.randomUUID());
    String hash = hash(request);
    return keys.take(key, hash)
        .flatMap(
            taken ->
                taken
                    ? carryOut(request, key, () -> first.apply(Optional.of(key)))
                    : repeated(request, key, hash, first, again));
  }

  private Uni<StoredAnswer> repeated(
      Request request,
      KeyOwner key,
      String hash,
      Function<Optional<KeyOwner>, Uni<StoredAnswer>> first,
      Function<UUID, Uni<StoredAnswer>> again) {
    return keys.find(key)
        .flatMap(
            found -> {
              if (found.isEmpty()) {
                throw inProgress();
              }
              IdempotencyKeys.Found known = found.get();
              if (!known.requestHash().equals(hash)) {
                throw Problem.of(
                    ProblemType.IDEMPOTENCY_KEY_REUSED, "The key belongs to another request.");
              }
              if (known.answer().isPresent()) {
                return Uni.createFrom().item(known.answer().get());
              }
              if (known.owner().equals(key.owner())) {
                // Ours: the answer to taking it was lost with its connection.
                return carryOut(request, key, () -> first.apply(Optional.of(key)));
              }
              if (known.running()) {
                throw inProgress();
              }
              return keys.takeOver(key, known.owner())
                  .flatMap(
                      ours -> {
                        if (!ours) {
                          throw inProgress();
                        }
                        return carryOut(
                            request,
                            key,
                            () ->
                                known
                                    .bookingId()
                                    .map(again)
                                    .orElseGet(() -> first.apply(Optional.of(key))));
                      });
            });
  }

  private Uni<StoredAnswer> carryOut(
      Request request, KeyOwner key, Supplier<Uni<StoredAnswer>> work) {
    return answered(request, Uni.createFrom().deferred(work::get))
        .onFailure()
        .call(() -> keys.release(key))
        .call(
            answer ->
                (NOT_KEPT.contains(answer.status()) ? keys.release(key) : keys.keep(key, answer))
                    .onFailure()
                    .invoke(failure -> LOG.errorf(failure, "An answer could not be kept"))
                    // The booking is bound to the key: a repeat finds it all the same.
                    .onFailure()
                    .recoverWithNull());
  }

  /** A refusal is an answer too, and kept like any other. */
  private Uni<StoredAnswer> answered(Request request, Uni<StoredAnswer> work) {
    return work.onFailure(Problem.class)
        .recoverWithItem(failure -> refusal(failure, request.path()));
  }

  private StoredAnswer refusal(Problem problem, String path) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", ProblemDocument.MEDIA_TYPE);
    if (problem.retryAfterSeconds() != null) {
      headers.put("Retry-After", problem.retryAfterSeconds().toString());
    }
    return new StoredAnswer(
        problem.type().status(), headers, write(ProblemDocument.of(problem, path)));
  }

  /**
   * The draft has a quoted string; the bare value is taken too.
   *
   * @throws Problem {@code validation-error} when it is neither
   */
  static String keyOf(String header) {
    String key = header.strip();
    if (key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")) {
      key = key.substring(1, key.length() - 1);
    }
    if (!key.matches("[\\x20-\\x7e&&[^\"\\\\]]{1," + LONGEST_KEY + "}")) {
      throw malformedKey();
    }
    return key;
  }

  static Problem malformedKey() {
    return Problem.of(ProblemType.VALIDATION_ERROR, "See violations.")
        .with(
            "violations",
            List.of(
                Map.of(
                    "field",
                    "Idempotency-Key",
                    "message",
                    "1 to 255 printable ASCII characters, once")));
  }

  private static Problem inProgress() {
    return Problem.of(
        ProblemType.REQUEST_IN_PROGRESS, "The first request with this key has no answer yet.");
  }

  private String hash(Request request) {
    try {
      byte[] text =
          (request.path() + '\n' + write(request.body())).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
