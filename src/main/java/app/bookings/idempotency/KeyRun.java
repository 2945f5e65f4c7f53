package app.bookings.idempotency;

/**
 * What a run of a request with a key has to do.
 *
 * @param bound what an earlier run wrote, where it is to be told again; else null
 * @param kept the answer, where it is known; else null
 */
record KeyRun(Kind kind, IdempotencyKeyStore.Bound bound, StoredResponse kept) {

  static final KeyRun FIRST = new KeyRun(Kind.FIRST, null, null);

  enum Kind {
    FIRST,
    AGAIN,
    ANSWERED
  }
}
