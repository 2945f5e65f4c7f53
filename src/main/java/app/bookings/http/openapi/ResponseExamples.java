package app.bookings.http.openapi;

import app.bookings.view.BookingView;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * A booking as it is in the answer that the example stands in: the one of the schema is confirmed
 * and paid, which neither a cancel nor a 202 tells.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ResponseExamples implements OASFilter {

  private static final String RUNNING =
      """
      {"status": "PENDING", "paymentState": "UNPAID", "walletDebited": false,
       "holdExpiresAt": "2026-11-24T13:03:54.801035Z"}
      """;
  private static final String CANCELLED =
      """
      {"status": "REFUNDED", "paymentState": "REFUNDED", "walletDebited": false,
       "refund": {"id": "01a20d9b-3c1e-7aa0-8f5e-7d1e8a2b9c01", "status": "APPROVED",
         "amount": "28.50"},
       "cancelledAt": "2026-11-25T09:00:00Z", "cancelReason": "I am ill",
       "updatedAt": "2026-11-25T09:00:00.2Z"}
      """;
  private static final String CANCELLING =
      """
      {"status": "CANCELLED", "paymentState": "REFUND_PENDING",
       "refund": {"id": "01a20d9b-3c1e-7aa0-8f5e-7d1e8a2b9c01", "status": "PENDING",
         "amount": "28.50"},
       "cancelledAt": "2026-11-25T09:00:00Z", "cancelReason": "I am ill",
       "updatedAt": "2026-11-25T09:00:00Z"}
      """;
  private static final String ON_SITE =
      """
      {"paymentState": "UNPAID", "paymentMethod": "ON_SITE", "walletDebited": false}
      """;
  private static final String BY_CARD =
      """
      {"paymentState": "UNPAID", "paymentMethod": "CARD", "walletDebited": false,
       "payment": {"id": "01a20d9a-2210-7b1c-9a55-0c9d4e7f1a02", "status": "pending",
         "checkoutUrl": "https://pay.example/c/01a20d9a"}}
      """;
  private static final String PAID_BY_CARD =
      """
      {"paymentMethod": "CARD", "walletDebited": false,
       "payment": {"id": "01a20d9a-2210-7b1c-9a55-0c9d4e7f1a02", "status": "succeeded",
         "checkoutUrl": null}}
      """;
  private static final String TOKEN = "AAAAAGqY5-AtoKenThatOnlyTheServiceCanSign";

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.getPaths().getPathItems().values().stream()
        .map(PathItem::getOperations)
        .flatMap(operations -> operations.values().stream())
        .forEach(ResponseExamples::complete);
  }

  private static void complete(Operation operation) {
    Map<String, Object> paid = JsonExamples.of(BookingView.EXAMPLE);
    Map<String, Object> onSite = JsonExamples.with(paid, ON_SITE);
    Map<String, Object> paidByCard = JsonExamples.with(paid, PAID_BY_CARD);
    switch (operation.getOperationId()) {
      case "createBooking", "payBooking" -> put(operation, "202", JsonExamples.with(paid, RUNNING));
      case "cancelBooking" -> {
        put(operation, "200", JsonExamples.with(paid, CANCELLED));
        put(operation, "202", JsonExamples.with(paid, CANCELLING));
      }
      case "createGuestBooking" -> {
        put(operation, "201", forGuest(onSite));
        put(
            operation,
            "202",
            forGuest(
                JsonExamples.with(
                    JsonExamples.with(JsonExamples.with(paid, BY_CARD), RUNNING),
                    "{\"payment\": null}")));
      }
      case "getGuestBooking" -> put(operation, "200", onSite);
      case "payGuestBooking" -> {
        Map<String, Object> open = JsonExamples.with(paid, BY_CARD);
        open.put("paymentMethod", "ON_SITE");
        put(operation, "200", open);
        put(operation, "202", onSite);
      }
      case "cancelGuestBooking" -> {
        put(operation, "200", JsonExamples.with(paidByCard, CANCELLED));
        put(operation, "202", JsonExamples.with(paidByCard, CANCELLING));
      }
      default -> {}
    }
  }

  private static Map<String, Object> forGuest(Map<String, Object> booking) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("booking", booking);
    answer.put("bookingToken", TOKEN);
    return answer;
  }

  private static void put(Operation operation, String status, Map<String, Object> example) {
    APIResponse response = operation.getResponses().getAPIResponse(status);
    response.getContent().getMediaTypes().values().forEach(type -> type.setExample(example));
  }
}
