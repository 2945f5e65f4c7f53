package app.bookings.problem;

import java.util.Locale;

/** The problem types of the API, one per slug (api.md, "Problems"). */
public enum ProblemType {
  VALIDATION_ERROR(400, "The request has invalid values"),
  MALFORMED_REQUEST(400, "The request could not be read"),
  UNAUTHORIZED(401, "A valid bearer token is required"),
  FORBIDDEN(403, "The caller may not do this"),
  CUSTOMER_BANNED(403, "The customer may not book at this company"),
  PAYMENT_DECLINED(402, "The payment was declined"),
  BOOKING_NOT_FOUND(404, "There is no such booking"),
  SESSION_NOT_FOUND(404, "There is no such session"),
  NOT_FOUND(404, "There is nothing at this address"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "No acceptable representation"),
  SESSION_FULL(409, "The session has no free place"),
  ALREADY_BOOKED(409, "The customer already has a booking in this session"),
  PRICE_CHANGED(409, "The total differs from the expected one"),
  SESSION_NOT_BOOKABLE(409, "The session can't be booked now"),
  CANCELLATION_WINDOW_CLOSED(409, "The booking can no longer be cancelled"),
  INVALID_STATE(409, "The booking's state does not allow this"),
  REQUEST_IN_PROGRESS(409, "The first request with this key is still running"),
  CONTENT_TOO_LARGE(413, "The request body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
  PAYMENT_METHOD_NOT_ALLOWED(422, "The payment method is not allowed here"),
  EXTRA_NOT_AVAILABLE(422, "An extra is not available"),
  REMAINDER_NOT_COVERED(422, "The pass leaves a remainder to be paid"),
  IDEMPOTENCY_KEY_REUSED(422, "The key was used for another request"),
  RATE_LIMITED(429, "Too many requests"),
  OUTCOME_UNKNOWN(503, "It can't be told whether the request was carried out"),
  UPSTREAM_UNAVAILABLE(503, "A service that is needed does not answer"),
  INTERNAL_ERROR(500, "Something went wrong");

  private static final String PREFIX = "urn:bookings:problem:";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The last part of the type's URN, such as {@code session-full}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String urn() {
    return PREFIX + slug();
  }
}
