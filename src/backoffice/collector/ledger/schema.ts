/** The tables of a ledger file. A stream is one device's one epoch: the unit in which sequences have no gap. */
export const LEDGER_VERSION = 1;

export const LEDGER_SCHEMA = `
CREATE TABLE stream (
  id INTEGER PRIMARY KEY,
  device_id TEXT NOT NULL,
  epoch TEXT NOT NULL,
  UNIQUE (device_id, epoch)
) STRICT;

-- In order of arrival; settlement reads it by id.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES stream,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  prev_hash BLOB,
  received_at_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (stream, sequence)
) STRICT;

-- Runs of sequences that arrived, in the ledger or apart from it. They never touch or overlap, so the first run is
-- the cumulative acknowledgement and what lies between two runs is a gap.
CREATE TABLE span (
  stream INTEGER NOT NULL REFERENCES stream,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (stream, first)
) STRICT, WITHOUT ROWID;

-- Sums over record, kept in the same commit. Currency is empty for records without one.
CREATE TABLE tally (
  stream INTEGER NOT NULL REFERENCES stream,
  currency TEXT NOT NULL,
  records INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  declined INTEGER NOT NULL,
  rider_minor INTEGER NOT NULL,
  PRIMARY KEY (stream, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict (
  id INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES stream,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  received_at_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (stream, sequence, hash)
) STRICT;

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  stream INTEGER REFERENCES stream,
  sequence INTEGER,
  why TEXT NOT NULL,
  received_at_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX quarantine_of_stream ON quarantine (stream);

-- The record at this sequence names another predecessor than the one that is held.
CREATE TABLE broken_link (
  stream INTEGER NOT NULL REFERENCES stream,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (stream, sequence)
) STRICT, WITHOUT ROWID;
`;
