package app.bookings.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of the outbox, in the columns of the Debezium outbox event router (domain.md, "Outbound
 * events").
 */
record OutboxEvent(
    UUID id,
    String aggregatetype,
    String aggregateid,
    String type,
    JsonNode payload,
    Instant createdAt) {}
