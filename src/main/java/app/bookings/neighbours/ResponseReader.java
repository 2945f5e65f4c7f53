package app.bookings.neighbours;

import app.bookings.platform.StrictJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads what a neighbour answered and holds it against its contract. What does not fit is no
 * answer: {@link NeighbourUnavailable}.
 */
final class ResponseReader {
  private static final Set<Integer> WORTH_RETRYING = Set.of(408, 425, 429);

  /** Neighbours may add members; what they leave out or get wrong is noticed by the reader. */
  private static final ObjectMapper ANSWERS =
      JsonMapper.builder()
          .addModule(new SimpleModule().addDeserializer(BigDecimal.class, new MoneyReader()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  static {
    StrictJson.read(ANSWERS);
  }

  private ResponseReader() {}

  /**
   * The answer, read far enough to be judged.
   *
   * @param first whether no earlier try of the call may still be on its way
   * @throws NeighbourUnavailable when the neighbour said that it can't, or nobody can read it
   */
  static NeighbourResponse answer(Neighbour neighbour, Response response, boolean first) {
    int status = response.getStatus();
    if (status >= 500 || WORTH_RETRYING.contains(status)) {
      throw new NeighbourUnavailable(neighbour, "answered " + status, retryAfter(response), true);
    }
    String text = response.hasEntity() ? response.readEntity(String.class) : "";
    try {
      JsonNode body = text.isBlank() ? MissingNode.getInstance() : ANSWERS.readTree(text);
      if (status < 300 && !body.isObject()) {
        throw new NeighbourUnavailable(neighbour, "unreadable answer", null, true);
      }
      return new NeighbourResponse(status, body, first);
    } catch (JsonProcessingException unreadable) {
      if (status >= 400) {
        return new NeighbourResponse(status, MissingNode.getInstance(), first);
      }
      throw new NeighbourUnavailable(neighbour, "unreadable answer", null, true);
    }
  }

  private static Integer retryAfter(Response response) {
    String value = response.getHeaderString(HttpHeaders.RETRY_AFTER);
    return value != null && value.matches("\\d{1,5}") ? Integer.valueOf(value) : null;
  }

  /**
   * A value of the body, which the constructors of the type hold against the contract. A body that
   * does not fit is as good as no answer.
   *
   * @param answersWhatWasAsked that it is of the id that was asked for, for instance
   * @throws NeighbourUnavailable when it does not fit
   */
  static <T> T read(
      Neighbour neighbour,
      NeighbourResponse answer,
      Class<T> type,
      Predicate<T> answersWhatWasAsked) {
    try {
      T value = ANSWERS.treeToValue(answer.body(), type);
      if (value != null && answersWhatWasAsked.test(value)) {
        return value;
      }
      throw NeighbourUnavailable.misfit(neighbour, "an answer to something else");
    } catch (JsonProcessingException | IllegalArgumentException misfit) {
      throw NeighbourUnavailable.misfit(neighbour, "unreadable answer");
    }
  }

  /**
   * For an answer that the contract does not have. A refusal says something of what was asked, and
   * asking again would not change it; anything else is as good as no answer.
   */
  static NeighbourUnavailable unexpected(Neighbour neighbour, NeighbourResponse answer) {
    String slug = answer.slug().replaceAll("[^a-z0-9-]", "");
    return new NeighbourUnavailable(
        neighbour, "unexpected answer " + answer.status() + " " + slug, null, !answer.refusal());
  }

  /** For an answer that is not about what was asked. */
  static NeighbourUnavailable unfit(Neighbour neighbour, String member) {
    return NeighbourUnavailable.misfit(neighbour, "its answer has another " + member);
  }
}
