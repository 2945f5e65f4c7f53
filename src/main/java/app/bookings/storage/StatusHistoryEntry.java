package app.bookings.storage;

import app.bookings.booking.BookingStatus;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;

/** A change of a booking's status (domain.md, "Tables", status history). Read only. */
@Entity
@Immutable
@Table(name = "booking_status_history", schema = "bookings")
@Schema(name = "StatusHistoryEntry")
public class StatusHistoryEntry extends PanacheEntityBase {

  @Id @JsonIgnore public UUID id;
  @JsonIgnore public UUID bookingId;

  @Enumerated(EnumType.STRING)
  @Schema(nullable = true, description = "null: the booking was made")
  public BookingStatus fromStatus;

  @Enumerated(EnumType.STRING)
  public BookingStatus toStatus;

  @Schema(examples = "hold-expired")
  public String cause;

  @Schema(
      description = "user:<id>, the source of an event, or bookings for this service itself",
      examples = "bookings")
  public String actor;

  public Instant at;

  public static Uni<List<StatusHistoryEntry>> of(UUID bookingId) {
    return list("bookingId", Sort.by("at", "id"), bookingId);
  }
}
