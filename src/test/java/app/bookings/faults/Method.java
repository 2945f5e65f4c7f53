package app.bookings.faults;

import io.vertx.core.json.JsonObject;

/** The ways to pay that move something at a neighbour. */
enum Method {
  WALLET,
  BONUS,
  PASS,
  PASS_AND_WALLET,
  CARD;

  /** The body of a create; a pass leaves a towel to be paid. */
  JsonObject order(String towel) {
    JsonObject body = payment();
    if (this == PASS_AND_WALLET) {
      body.put(
          "extras", new io.vertx.core.json.JsonArray().add(new JsonObject().put("extraId", towel)));
    }
    return body;
  }

  /** The body of a pay. */
  JsonObject payment() {
    return this == PASS_AND_WALLET
        ? new JsonObject().put("paymentMethod", "PASS").put("extrasPaymentMethod", "WALLET")
        : new JsonObject().put("paymentMethod", name());
  }

  String settled() {
    return this == PASS ? "CONFIRMED/NOT_REQUIRED" : "CONFIRMED/PAID";
  }

  String givenBack() {
    return this == PASS ? "CANCELLED/NOT_REQUIRED" : "REFUNDED/REFUNDED";
  }

  String neverPaid() {
    return this == PASS ? "CANCELLED/NOT_REQUIRED" : "CANCELLED/UNPAID";
  }
}
