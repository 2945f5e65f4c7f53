-- Two users instead of one: bookings_owner owns the tables and migrates, bookings_service is whom the
-- service runs as and changes no table. Run once in the service's database, by an administrator, with
-- passwords of your own; again after tables were made by another user than bookings_owner.
CREATE ROLE bookings_owner LOGIN PASSWORD 'change-me';
CREATE ROLE bookings_service LOGIN PASSWORD 'change-me';
-- What an administrator who is no superuser needs for the rest.
GRANT bookings_owner TO CURRENT_USER;
CREATE SCHEMA IF NOT EXISTS bookings AUTHORIZATION bookings_owner;
GRANT USAGE ON SCHEMA bookings TO bookings_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bookings TO bookings_service;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA bookings TO bookings_service;
ALTER DEFAULT PRIVILEGES FOR ROLE bookings_owner IN SCHEMA bookings
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO bookings_service;
ALTER DEFAULT PRIVILEGES FOR ROLE bookings_owner IN SCHEMA bookings
  GRANT USAGE ON SEQUENCES TO bookings_service;
