package app.bookings.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.UUID;

/**
 * The five neighbours with the semantics of their contracts, in memory, under {@code /sandbox}. Dev
 * and test only. {@code /sandbox/control} sets the scene: sessions, balances, passes, faults,
 * tokens.
 */
public final class Sandbox {

  private final Vertx vertx;
  private final String issuer;
  private final Faults faults = new Faults();
  private final CatalogSandbox catalog = new CatalogSandbox();
  private final CompaniesSandbox companies = new CompaniesSandbox();
  private final PassesSandbox passes = new PassesSandbox();
  private final EventSender events;
  private final WalletSandbox wallet;
  private final PaymentsSandbox payments;

  /**
   * A sandbox with nothing in it.
   *
   * @param url where the sandbox itself is reached, without {@code /sandbox}
   * @param bookingsUrl where its events go
   * @param issuer of the tokens it mints
   */
  public Sandbox(Vertx vertx, String url, String bookingsUrl, String issuer) {
    this.vertx = vertx;
    this.issuer = issuer;
    this.events = new EventSender(vertx, bookingsUrl, issuer);
    this.wallet = new WalletSandbox((type, data) -> events.send("/wallet", type, data));
    this.payments =
        new PaymentsSandbox(
            url + "/sandbox/payments", (type, data) -> events.send("/payments", type, data));
  }

  /** All routes below {@code /sandbox}. */
  public void mount(Router router) {
    Router sandbox = Router.router(vertx);
    sandbox.route().handler(BodyHandler.create(false));
    catalog.mount(endpoints(sandbox, "catalog"));
    companies.mount(endpoints(sandbox, "companies"));
    passes.mount(endpoints(sandbox, "passes"));
    wallet.mount(endpoints(sandbox, "wallet"));
    payments.mount(endpoints(sandbox, "payments"));
    control(endpoints(sandbox, "control"));
    oidc(endpoints(sandbox, "oidc"));
    router.route("/sandbox/*").subRouter(sandbox);
  }

  private Endpoints endpoints(Router router, String neighbour) {
    return new Endpoints(vertx, router, faults, neighbour);
  }

  private void control(Endpoints control) {
    control
        .on(
            HttpMethod.PUT,
            "/sessions/:id",
            asked -> Reply.ok(catalog.put(asked.id("id"), asked.body())))
        .on(
            HttpMethod.PUT,
            "/customers/:id",
            asked -> Reply.ok(putCustomer(asked.id("id"), asked.body())))
        .on(HttpMethod.GET, "/customers/:id", asked -> Reply.ok(customer(asked.id("id"))))
        .on(
            HttpMethod.PUT,
            "/entitlements/:id",
            asked -> Reply.ok(passes.put(asked.id("id"), asked.body())))
        .on(
            HttpMethod.GET,
            "/entitlements/:id",
            asked -> Reply.ok(passes.entitlement(asked.id("id")).orElseThrow()))
        .on(
            HttpMethod.PUT,
            "/settings",
            asked -> {
              settings(asked.body());
              return Reply.ok(new JsonObject());
            })
        .on(
            HttpMethod.POST,
            "/refund-requests/:id/:decision",
            asked -> Reply.ok(wallet.decide(asked.id("id"), asked.context().pathParam("decision"))))
        .on(
            HttpMethod.POST,
            "/faults",
            asked -> {
              faults.add(asked.body());
              return Reply.ok(new JsonObject());
            })
        .on(
            HttpMethod.DELETE,
            "/faults",
            asked -> {
              faults.clear();
              return Reply.ok(new JsonObject());
            })
        .on(HttpMethod.GET, "/token", asked -> Reply.ok(token(asked.query("user"))))
        .on(HttpMethod.GET, "/ledger", asked -> Reply.ok(ledger()));
  }

  private JsonObject putCustomer(UUID id, JsonObject members) {
    String balance = (String) members.remove("walletBalance");
    if (balance != null) {
      wallet.setBalance(id, new BigDecimal(balance));
    }
    companies.put(id, members);
    return customer(id);
  }

  private JsonObject customer(UUID id) {
    return companies
        .customer(id)
        .orElseThrow()
        .copy()
        .put("walletBalance", wallet.balance(id).toPlainString());
  }

  private void settings(JsonObject settings) {
    if (settings.containsKey("refunds")) {
      wallet.decideAs(settings.getString("refunds"));
    }
    if (settings.containsKey("events")) {
      events.deliver(settings.getBoolean("events"));
    }
    if (settings.containsKey("gatewayConfigured")) {
      payments.gatewayConfigured(settings.getBoolean("gatewayConfigured"));
    }
  }

  private JsonObject token(String user) {
    String token =
        user == null
            ? SandboxKeys.serviceToken(issuer)
            : SandboxKeys.userToken(issuer, UUID.fromString(user));
    return new JsonObject().put("token", token);
  }

  private JsonObject ledger() {
    return new JsonObject()
        .put("debits", wallet.debits())
        .put("refundRequests", wallet.refunds())
        .put("bonusDebits", companies.ledger())
        .put("redemptions", passes.ledger())
        .put("payments", payments.payments())
        .put("paymentRefunds", payments.refunds())
        .put("faults", faults.struck());
  }

  /** Discovery and keys, for a service that checks tokens as in production. */
  private void oidc(Endpoints oidc) {
    oidc.on(
            HttpMethod.GET,
            "/.well-known/openid-configuration",
            asked ->
                Reply.ok(
                    new JsonObject()
                        .put("issuer", issuer)
                        .put("jwks_uri", issuer + "/jwks")
                        .put("token_endpoint", issuer + "/token")))
        .on(HttpMethod.GET, "/jwks", asked -> Reply.ok(jwks()));
  }

  private static JsonObject jwks() {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    JsonObject key =
        new JsonObject()
            .put("kty", "RSA")
            .put("use", "sig")
            .put("alg", "RS256")
            .put("kid", SandboxKeys.KEY_ID)
            .put("n", base64.encodeToString(unsigned(SandboxKeys.rsa().getModulus().toByteArray())))
            .put("e", base64.encodeToString(SandboxKeys.rsa().getPublicExponent().toByteArray()));
    return new JsonObject().put("keys", new JsonArray().add(key));
  }

  private static byte[] unsigned(byte[] number) {
    return number[0] == 0 ? java.util.Arrays.copyOfRange(number, 1, number.length) : number;
  }

  CatalogSandbox catalog() {
    return catalog;
  }

  JsonObject demoCustomer(UUID id, JsonObject members) {
    return putCustomer(id, members);
  }

  PassesSandbox passes() {
    return passes;
  }
}
