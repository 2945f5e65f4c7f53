package app.bookings.http.internal;

import app.bookings.http.edge.QueryParameters;
import app.bookings.http.edge.QueryValue;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which unfinished settlements, and how many. */
class SettlementParameters {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1000;

  @RestQuery
  @Parameter(
      description = "only those that are stuck: asked for many times in vain",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  String stuck;

  @RestQuery
  @Parameter(
      description = "settlements in the answer",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
  String limit;

  /** Tells which these are. */
  static final class Names {
    @Produces
    @Singleton
    static QueryParameters known() {
      return new QueryParameters(SettlementParameters.class, Set.of("stuck", "limit"), Set.of());
    }
  }

  boolean stuck() {
    return Boolean.TRUE.equals(
        QueryValue.read("stuck", stuck, "must be true or false", SettlementParameters::truth));
  }

  int size() {
    return QueryValue.number("limit", limit, 1, MOST, DEFAULT_LIMIT);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }
}
