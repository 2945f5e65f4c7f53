package app.bookings.neighbours;

import app.bookings.neighbours.CompaniesApi.BonusDebit;
import app.bookings.neighbours.CompaniesApi.Contact;
import app.bookings.problem.Problem;
import app.bookings.settlement.DeclineReason;
import app.bookings.settlement.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Who books, and their bonus points. */
@ApplicationScoped
public class Companies {

  private final NeighbourCalls neighbours;
  private final CompaniesApi api;

  Companies(NeighbourCalls neighbours, NeighbourClients clients) {
    this.neighbours = neighbours;
    this.api = clients.client(Neighbour.COMPANIES, CompaniesApi.class);
  }

  /** The company's customer behind a signed-in user; made there if they are new. */
  public Uni<Customer> resolve(UUID companyId, UUID userId) {
    return resolve(companyId, new Contact(userId, null, null, null));
  }

  /**
   * The company's customer behind a guest's contact; made there if they are new. Fails with {@code
   * validation-error} when companies can't use the contact.
   */
  public Uni<Customer> resolve(UUID companyId, String email, String phone, String name) {
    return resolve(companyId, new Contact(null, email, phone, name));
  }

  private Uni<Customer> resolve(UUID companyId, Contact contact) {
    return neighbours
        .call(
            Neighbour.COMPANIES,
            () -> api.resolveCustomer(companyId, contact),
            answer ->
                answer.status() == 422
                    ? Optional.<Customer>empty()
                    : Optional.of(read(answer, customer -> customer.companyId().equals(companyId))))
        .map(customer -> customer.orElseThrow(() -> Problem.invalid("email", "can't be reached")));
  }

  private static Customer read(NeighbourResponse answer, Predicate<Customer> asked) {
    if (answer.status() != 200) {
      throw ResponseReader.unexpected(Neighbour.COMPANIES, answer);
    }
    return ResponseReader.read(Neighbour.COMPANIES, answer, Customer.class, asked);
  }

  /** A customer by their id; empty when companies has none. */
  public Uni<Optional<Customer>> customer(UUID customerId) {
    return neighbours.call(
        Neighbour.COMPANIES,
        () -> api.getCustomer(customerId),
        answer ->
            answer.status() == 404
                ? Optional.<Customer>empty()
                : Optional.of(read(answer, customer -> customer.id().equals(customerId))));
  }

  /** Takes points; declined with {@code insufficient-bonus}. */
  public Uni<Outcome> debitBonus(UUID debitId, UUID customerId, int points, UUID bookingId) {
    return neighbours.call(
        Neighbour.COMPANIES,
        () -> api.debitBonus(debitId, new BonusDebit(customerId, points, bookingId)),
        answer -> {
          if (answer.ok()
              && answer.body().hasNonNull("points")
              && answer.body().path("points").asInt() != points) {
            throw ResponseReader.unfit(Neighbour.COMPANIES, "points");
          }
          return MovementResponses.made(
              Neighbour.COMPANIES, answer, debitId, DeclineReason.INSUFFICIENT_BONUS);
        });
  }

  /** Gives the points back, or makes sure that they are never taken. */
  public Uni<Outcome> giveBackBonus(UUID debitId) {
    return neighbours.call(
        Neighbour.COMPANIES,
        () -> api.reverseBonusDebit(debitId),
        answer -> MovementResponses.undone(Neighbour.COMPANIES, answer, debitId));
  }
}
