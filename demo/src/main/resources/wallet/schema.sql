CREATE TABLE account (
  id bigint PRIMARY KEY,
  name text NOT NULL UNIQUE,
  pin_salt text NOT NULL,
  pin_hash text NOT NULL,
  last_login timestamptz
);

CREATE TABLE session (
  token text PRIMARY KEY,
  account_id bigint NOT NULL REFERENCES account,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE balance (
  account_id bigint NOT NULL REFERENCES account,
  currency text NOT NULL,
  amount numeric(24, 8) NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (account_id, currency)
) WITH (fillfactor = 70);

CREATE TABLE exchange (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id bigint NOT NULL,
  sold text NOT NULL,
  bought text NOT NULL,
  amount numeric(24, 8) NOT NULL,
  received numeric(24, 8) NOT NULL,
  rate numeric(24, 8) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Double entry: per exchange and currency, the customer's and the house's entries sum to zero.
CREATE TABLE ledger_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  exchange_id bigint NOT NULL,
  account_id bigint,
  currency text NOT NULL,
  amount numeric(24, 8) NOT NULL
);
CREATE INDEX ledger_entry_by_exchange ON ledger_entry (exchange_id);

CREATE TABLE report (
  id int PRIMARY KEY,
  name text NOT NULL,
  active boolean NOT NULL DEFAULT true
);
INSERT INTO report VALUES
  (1, 'volume by currency'), (2, 'volume by customer'), (3, 'margin'), (4, 'regulator, daily'), (5, 'treasury');

CREATE TABLE report_dimension (
  report_id int NOT NULL REFERENCES report,
  currency text NOT NULL,
  bucket text NOT NULL,
  PRIMARY KEY (report_id, currency)
);

CREATE TABLE report_line (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  report_id int NOT NULL,
  exchange_id bigint NOT NULL,
  bucket text NOT NULL,
  amount numeric(24, 8) NOT NULL
);

CREATE TABLE chart_of_accounts (
  currency text PRIMARY KEY,
  code text NOT NULL
);

CREATE TABLE journal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  exchange_id bigint NOT NULL,
  code text NOT NULL,
  amount numeric(24, 8) NOT NULL
);

-- What asynchronous reporting still has to write.
CREATE TABLE outbox (
  exchange_id bigint PRIMARY KEY
);

CREATE TABLE interest (
  account_id bigint NOT NULL,
  currency text NOT NULL,
  amount numeric(24, 8) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
