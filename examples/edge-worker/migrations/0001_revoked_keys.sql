-- The keys that sign sessions and were revoked, by their ids.
CREATE TABLE revoked_keys (
  kid TEXT PRIMARY KEY,
  revoked_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) WITHOUT ROWID;
