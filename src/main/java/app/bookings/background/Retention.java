package app.bookings.background;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.storage.RetentionStatements;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What is forgotten, and when: every table is either here with the time that its rows are kept, or
 * among those that are kept for ever (operating.md, "Retention"). Rows go for their age here and
 * nowhere else; what ends sooner, such as a delivery that has arrived, is deleted by whoever ends
 * it.
 */
@ApplicationScoped
class Retention implements BackgroundWork {

  private static final int AT_ONCE = 2;

  /** Tables whose rows no age deletes. */
  static final Set<String> KEPT_FOR_EVER =
      Set.of(
          "booking_status_history",
          "session_seats",
          "seat_slots",
          "session_facts",
          "session_times",
          "finished_sessions",
          "deleted_customers",
          "customer_links",
          "top_ups",
          "endings",
          "outbox_deliveries");

  static final List<Rule> RULES =
      List.of(
          new Rule(
              Set.of("bookings", "booking_extra", "settlements"),
              "until nothing is owed",
              RetentionStatements.BOOKINGS,
              (now, config) -> Tuple.tuple(),
              RetentionStatements.BOOKINGS_BATCH),
          new Rule(
              Set.of("idempotency_keys"),
              "24 hours",
              Statement.named(
                  "retention.idempotency_keys",
                  """
                  DELETE FROM bookings.idempotency_keys WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM bookings.idempotency_keys WHERE created_at < $1
                    ORDER BY created_at LIMIT 1000))
                  """),
              (now, config) -> before(now, Duration.ofHours(24)),
              1000),
          // A sender that repeats itself later is processed again, which is harmless.
          new Rule(
              Set.of("inbox"),
              "30 days",
              Statement.named(
                  "retention.inbox", "DELETE FROM bookings.inbox WHERE received_at < $1"),
              (now, config) -> before(now, Duration.ofDays(30)),
              Rule.ALL_AT_ONCE),
          // Long after the work was done: what is left of a worker that died before it said so.
          new Rule(
              Set.of("work_claims"),
              "a day",
              Statement.named(
                  "retention.work_claims", "DELETE FROM bookings.work_claims WHERE due_at < $1"),
              (now, config) -> before(now, Duration.ofDays(1)),
              Rule.ALL_AT_ONCE),
          // A bucket that nobody has used for a while is full again; by the database's clock.
          new Rule(
              Set.of("rate_limits"),
              "5 minutes",
              Statement.named(
                  "retention.rate_limits",
                  """
                  DELETE FROM bookings.rate_limits WHERE at < clock_timestamp() - interval '5 minutes'
                  """),
              (now, config) -> Tuple.tuple(),
              Rule.ALL_AT_ONCE),
          new Rule(
              Set.of("outbox"),
              "BOOKINGS_OUTBOX_RETENTION",
              RetentionStatements.OUTBOX,
              (now, config) -> before(now, config.outboxRetention()),
              RetentionStatements.OUTBOX_BATCH));

  private final Database database;
  private final BookingsConfig config;
  private final Clock clock;

  Retention(Database database, BookingsConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /**
   * What deletes the rows of a table.
   *
   * @param tables the table, and those whose rows go with its own
   * @param kept for how long, as operators are told it
   * @param statement deletes up to a batch; harmless a second time
   * @param batch after which there may be more
   */
  record Rule(
      Set<String> tables, String kept, Statement statement, Parameters parameters, int batch) {
    static final int ALL_AT_ONCE = Integer.MAX_VALUE;
  }

  /** What a rule's statement is sent with. */
  @FunctionalInterface
  interface Parameters {
    Tuple at(Instant now, BookingsConfig config);
  }

  private static Tuple before(Instant now, Duration kept) {
    return Tuple.of(Database.utc(now.minus(kept)));
  }

  /** Each rule, whatever becomes of the others; a full batch is followed by another. */
  @Override
  public Uni<Void> carryOn() {
    return Multi.createFrom()
        .iterable(RULES)
        .onItem()
        .transformToUni(this::forget)
        .collectFailures()
        .merge(AT_ONCE)
        .onItem()
        .ignoreAsUni()
        .onFailure(CompositeException.class)
        .transform(several -> several.getCauses().get(0));
  }

  private Uni<Void> forget(Rule rule) {
    return database
        .statement(rule.statement(), rule.parameters().at(clock.now(), config))
        .flatMap(
            gone -> gone.rowCount() >= rule.batch() ? forget(rule) : Uni.createFrom().voidItem());
  }
}
