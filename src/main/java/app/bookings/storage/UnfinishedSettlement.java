package app.bookings.storage;

import app.bookings.settlement.SettlementKind;
import app.bookings.settlement.SettlementState;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;

/**
 * A settlement that somebody or something still has to finish, as operators read it. Read only:
 * bookings write their settlements themselves.
 */
@Entity
@Immutable
@Table(name = "settlements", schema = "bookings")
@Schema(name = "UnfinishedSettlement")
public class UnfinishedSettlement extends PanacheEntityBase {

  @Id public UUID id;
  public UUID bookingId;

  @Enumerated(EnumType.STRING)
  public SettlementKind kind;

  @Enumerated(EnumType.STRING)
  @Schema(description = "DUE and UNDO_DUE wait for us, AWAITING for a customer or for staff")
  public SettlementState state;

  public BigDecimal amount;

  @Schema(description = "how often the neighbour was asked")
  public int tries;

  @Schema(description = "when it is asked again")
  public Instant dueAt;

  @Schema(nullable = true)
  public String lastError;

  public Instant createdAt;

  /** Oldest first; those with at least so many tries. */
  public static Uni<List<UnfinishedSettlement>> list(int leastTries, int limit) {
    return UnfinishedSettlement.<UnfinishedSettlement>find(
            "dueAt is not null and tries >= ?1", Sort.by("createdAt", "id"), leastTries)
        .page(Page.ofSize(limit))
        .list();
  }
}
