package app.bookings.application;

import app.bookings.booking.Actor;
import app.bookings.booking.BookingSource;
import app.bookings.booking.Parties;
import app.bookings.booking.Reservation;
import app.bookings.booking.SlotAttendance;
import app.bookings.neighbours.Catalog;
import app.bookings.neighbours.Companies;
import app.bookings.neighbours.Customer;
import app.bookings.neighbours.Deadline;
import app.bookings.neighbours.Neighbour;
import app.bookings.neighbours.Session;
import app.bookings.platform.BookingsConfig;
import app.bookings.platform.Clock;
import app.bookings.platform.Ids;
import app.bookings.problem.Problem;
import app.bookings.problem.ProblemType;
import app.bookings.seats.NoPlace;
import app.bookings.settlement.PaymentMethod;
import app.bookings.storage.BookingQueries;
import app.bookings.storage.Placement;
import app.bookings.storage.RequestRun;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * The coach puts customers on a slot (domain.md, "Slot attendees"): confirmed at once, billed after
 * the session. Each customer is one statement; repeating the call finds what is there.
 */
@ApplicationScoped
public class AddingAttendees {

  private final Catalog catalog;
  private final Companies companies;
  private final ClaimingPlace places;
  private final BookingQueries queries;
  private final BookingsConfig config;
  private final Clock clock;

  AddingAttendees(
      Catalog catalog,
      Companies companies,
      ClaimingPlace places,
      BookingQueries queries,
      BookingsConfig config,
      Clock clock) {
    this.catalog = catalog;
    this.companies = companies;
    this.places = places;
    this.queries = queries;
    this.config = config;
    this.clock = clock;
  }

  /** Adds them one by one; fails only where no customer could be added. */
  public Uni<List<Attendee>> add(
      UUID companyId, UUID sessionId, List<UUID> customerIds, Actor actor) {
    return Deadline.in(config.requestDeadline())
        .within(Neighbour.CATALOG, catalog.session(sessionId))
        .invoke(
            seen -> {
              BookingRules.belongsTo(seen.session(), companyId);
              if (!seen.session().offered() || !clock.now().isBefore(seen.session().endsAt())) {
                throw Problem.of(
                    ProblemType.SESSION_NOT_BOOKABLE, "The session is not on offer, or over.");
              }
            })
        .flatMap(
            seen ->
                Multi.createFrom()
                    .iterable(customerIds)
                    .onItem()
                    .transformToUniAndConcatenate(customerId -> add(seen, customerId, actor))
                    .collect()
                    .asList());
  }

  private Uni<Attendee> add(Catalog.Seen seen, UUID customerId, Actor actor) {
    return companies
        .customer(customerId)
        .flatMap(
            known -> {
              if (known.isEmpty() || !seen.session().companyId().equals(known.get().companyId())) {
                return refused(customerId, ProblemType.NOT_FOUND);
              }
              return known.get().banned()
                  ? refused(customerId, ProblemType.CUSTOMER_BANNED)
                  : place(seen, known.get(), actor);
            })
        .onFailure(Problem.class)
        .recoverWithItem(failure -> new Attendee(customerId, null, false, failure.type().slug()));
  }

  private static Uni<Attendee> refused(UUID customerId, ProblemType type) {
    return Uni.createFrom().item(new Attendee(customerId, null, false, type.slug()));
  }

  private Uni<Attendee> place(Catalog.Seen seen, Customer customer, Actor actor) {
    UUID customerId = customer.id();
    return places
        .claim(
            seen,
            RequestRun.withoutKey(),
            (session, linkedUser) ->
                SlotAttendance.attend(
                    reservation(
                        session,
                        customer,
                        customer.userId() == null ? linkedUser : customer.userId()),
                    actor,
                    clock.now()))
        .flatMap(
            placement -> {
              if (placement instanceof Placement.Placed placed) {
                return Uni.createFrom()
                    .item(new Attendee(customerId, placed.booking().id(), true, null));
              }
              NoPlace why = placement instanceof Placement.Refused no ? no.why() : null;
              if (why instanceof NoPlace.AlreadyBooked) {
                return existing(seen.session().id(), customerId);
              }
              if (why instanceof NoPlace.CustomerDeleted) {
                return refused(customerId, ProblemType.NOT_FOUND);
              }
              return refused(
                  customerId,
                  why instanceof NoPlace.Full
                      ? ProblemType.SESSION_FULL
                      : ProblemType.SESSION_NOT_BOOKABLE);
            });
  }

  /** Who is an attendee already stays one; who booked by themselves is told so. */
  private Uni<Attendee> existing(UUID sessionId, UUID customerId) {
    return queries
        .inSessions(List.of(sessionId), false)
        .map(
            active ->
                active.getOrDefault(sessionId, List.of()).stream()
                    .filter(booking -> booking.customerId().equals(customerId))
                    .findFirst()
                    .map(
                        booking ->
                            new Attendee(
                                customerId,
                                booking.id(),
                                false,
                                booking.source() == BookingSource.SLOT_ATTENDEE
                                    ? null
                                    : ProblemType.ALREADY_BOOKED.slug()))
                    .orElseGet(
                        () ->
                            new Attendee(
                                customerId, null, false, ProblemType.ALREADY_BOOKED.slug())));
  }

  private static Reservation reservation(Session session, Customer customer, UUID userId) {
    return new Reservation(
        Ids.next(),
        new Parties(session.companyId(), customer.id(), userId),
        session.snapshot(),
        session.price(),
        session.currency(),
        session.price().signum() == 0
            ? Pricing.free(List.of())
            : Pricing.whole(PaymentMethod.ON_SITE, List.of(), session.price()),
        null,
        null);
  }
}
