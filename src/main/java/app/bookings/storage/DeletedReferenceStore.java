package app.bookings.storage;

import app.bookings.database.Database;
import app.bookings.database.Statement;
import app.bookings.platform.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Links to what another service has deleted are set to null (domain.md, "Inbound events"). */
@ApplicationScoped
public class DeletedReferenceStore {

  private static final Statement FORGET_ENTITLEMENT =
      Statement.named(
          "bookings.forget_entitlement",
          """
          WITH extras AS (
            UPDATE bookings.booking_extra SET covered_by_entitlement_id = NULL
            WHERE covered_by_entitlement_id = $1 RETURNING booking_id)
          UPDATE bookings.bookings SET version = version + 1, updated_at = $2,
            customer_entitlement_id = NULLIF(customer_entitlement_id, $1)
          WHERE id IN (SELECT booking_id FROM extras
            UNION SELECT id FROM bookings.bookings WHERE customer_entitlement_id = $1)
          """);

  private static final Statement FORGET_SCANNER_CREDENTIAL =
      Statement.named(
          "bookings.forget_scanner_credential",
          """
          UPDATE bookings.bookings SET version = version + 1, updated_at = $2,
            verifier_scanner_credential_id = NULL
          WHERE verifier_scanner_credential_id = $1
          """);

  private final Database database;
  private final Clock clock;

  DeletedReferenceStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The bookings that the pass absorbed stay absorbed. */
  public Uni<Void> entitlement(UUID entitlementId) {
    return database
        .statement(FORGET_ENTITLEMENT, Tuple.of(entitlementId, Database.utc(clock.now())))
        .replaceWithVoid();
  }

  /** Who was verified stays so. */
  public Uni<Void> scannerCredential(UUID credentialId) {
    return database
        .statement(FORGET_SCANNER_CREDENTIAL, Tuple.of(credentialId, Database.utc(clock.now())))
        .replaceWithVoid();
  }
}
