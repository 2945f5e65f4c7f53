package app.bookings.faults;

/** What is under way when the fault strikes. */
enum Operation {
  CREATE,
  PAY,
  CANCEL,
  EXPIRY,
  SESSION_CANCELLED;

  /** What the booking must have become once recovery has run. */
  String outcome(Method method) {
    return switch (this) {
      case CREATE, PAY -> method.settled();
      case CANCEL, SESSION_CANCELLED -> method.givenBack();
      case EXPIRY -> method.neverPaid();
    };
  }
}
