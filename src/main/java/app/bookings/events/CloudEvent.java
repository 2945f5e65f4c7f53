package app.bookings.events;

import com.fasterxml.jackson.databind.JsonNode;

/** An inbound event, as far as it matters here (contracts/events.md). */
record CloudEvent(String source, String id, String type, JsonNode data) {}
