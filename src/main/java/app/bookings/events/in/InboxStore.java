package app.bookings.events.in;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.Clock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which events were processed. An event is noted after its effect: a crash in between has it
 * processed again, which changes nothing, since every effect is guarded by the booking's own state.
 */
@ApplicationScoped
class InboxStore {

  private static final Duration FIRST_REPEAT = Duration.ofSeconds(2);

  /**
   * A replica that dies while it applies an event again leaves it to the next one; an event that
   * fails waits.
   */
  private static final Statement CLAIM_REPEATS =
      Statement.named(
          "inbox.claim_repeats",
          """
          UPDATE bookings.inbox SET repeat_at = $1::timestamptz + interval '1 minute'
          WHERE (source, id) IN (
            SELECT source, id FROM bookings.inbox WHERE repeat_at <= $1
            ORDER BY repeat_at LIMIT 100 FOR UPDATE SKIP LOCKED)
          RETURNING source, id, type, happened_at, data::text AS data
          """);

  /** The second and the last repeat come when every request of that time is long over. */
  private static final Statement REPEATED =
      Statement.named(
          "inbox.repeated",
          """
          UPDATE bookings.inbox SET repeats = repeats + 1,
            repeat_at = CASE repeats
              WHEN 0 THEN $3::timestamptz + interval '15 seconds'
              WHEN 1 THEN $3::timestamptz + interval '2 minutes' END
          WHERE source = $1 AND id = $2
          """);

  private static final Statement HAS =
      Statement.named("inbox.has", "SELECT 1 FROM bookings.inbox WHERE source = $1 AND id = $2");

  private static final Statement OTHER_WITH_MESSAGE =
      Statement.named(
          "inbox.other_with_message",
          """
          SELECT 1 FROM bookings.inbox
          WHERE webhook_id = $1 AND received_at > $2 AND (source, id) <> ($3, $4) LIMIT 1
          """);

  private static final Statement NOTE =
      Statement.named(
          "inbox.note",
          """
          INSERT INTO bookings.inbox
            (source, id, type, received_at, happened_at, data, repeat_at, webhook_id)
          VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8)
          ON CONFLICT DO NOTHING
          """);

  private final Database database;
  private final ObjectMapper json;
  private final Clock clock;

  InboxStore(Database database, ObjectMapper json, Clock clock) {
    this.database = database;
    this.json = json;
    this.clock = clock;
  }

  Uni<Boolean> has(CloudEvent event) {
    return database
        .read(HAS, Tuple.of(event.source(), event.id()))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Passes, or fails with {@code malformed-request}: a message's id is of one event. */
  Uni<Void> checkUnused(Optional<String> message, CloudEvent event) {
    if (message.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Instant since = clock.now().minus(EventSignatures.WINDOW.multipliedBy(2));
    return database
        .read(
            OTHER_WITH_MESSAGE,
            Tuple.of(message.get(), Database.utc(since), event.source(), event.id()))
        .invoke(
            rows -> {
              if (rows.rowCount() > 0) {
                throw CloudEventReader.malformed("webhook-id came with another event.");
              }
            })
        .replaceWithVoid();
  }

  Uni<Void> note(CloudEvent event, Optional<String> message) {
    Instant now = clock.now();
    return database
        .statement(
            NOTE,
            Tuple.tuple()
                .addValue(event.source())
                .addValue(event.id())
                .addValue(event.type())
                .addValue(Database.utc(now))
                .addValue(Database.utc(event.time()))
                .addValue(event.data().isMissingNode() ? null : event.data().toString())
                .addValue(Database.utc(now.plus(FIRST_REPEAT)))
                .addValue(message.orElse(null)))
        .replaceWithVoid();
  }

  /** Claims some of the events that are due to be applied again, oldest first. */
  Uni<List<CloudEvent>> toRepeat() {
    return database
        .statement(CLAIM_REPEATS, Tuple.of(Database.utc(clock.now())))
        .map(rows -> rows.stream().map(this::event).toList());
  }

  /** It was applied again; when the next time comes, if one does. */
  Uni<Void> repeated(CloudEvent event) {
    return database
        .statement(REPEATED, Tuple.of(event.source(), event.id(), Database.utc(clock.now())))
        .replaceWithVoid();
  }

  private CloudEvent event(Row row) {
    String data = row.getString("data");
    try {
      return new CloudEvent(
          row.getString("source"),
          row.getString("id"),
          row.getString("type"),
          row.getOffsetDateTime("happened_at").toInstant(),
          data == null ? json.missingNode() : json.readTree(data));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
