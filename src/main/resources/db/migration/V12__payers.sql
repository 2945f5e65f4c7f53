-- Who paid: a guest's card payment goes back to the card, whoever the booking belongs to by then.
ALTER TABLE bookings.settlements ADD COLUMN by_guest boolean;
