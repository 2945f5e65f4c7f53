package app.bookings.neighbours;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a neighbour answered, read far enough to be judged.
 *
 * @param firstTry no earlier try of this call may still be on its way
 */
public record NeighbourResponse(int status, JsonNode body, boolean firstTry) {

  public boolean ok() {
    return status == 200 || status == 201;
  }

  /** It understood, and does not do it. */
  public boolean refusal() {
    return status >= 400 && status < 500;
  }

  /** A text member of the body, or the empty string. */
  public String text(String member) {
    return body.path(member).asText("");
  }

  /** The slug that ends the {@code type} of a problem document (contracts.md, "All five"). */
  public String slug() {
    String type = text("type");
    return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
  }
}
