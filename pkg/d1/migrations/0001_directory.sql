-- The directory of a decision point: who there is, what they were given, on what, and under which circumstances.
--
-- The root scope is NULL, a status that is NULL is `active`, times are milliseconds since 1970-01-01T00:00:00Z. What the
-- policy does not know of all this is inert by the model, so no column minds the names of roles, scopes and statuses.

-- In the order of their ids, by which searches page.
CREATE TABLE subjects (
  id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  status TEXT,
  attributes TEXT CHECK (json_valid(attributes) AND json_type(attributes) = 'object')
) STRICT, WITHOUT ROWID;

-- With their subject's in one place, so that one is read with the other. `position` tells those of a subject apart.
CREATE TABLE assignments (
  subject TEXT NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  scope TEXT,
  status TEXT,
  "from" INTEGER CHECK (abs("from") <= 8640000000000000),
  until INTEGER CHECK (abs(until) <= 8640000000000000),
  PRIMARY KEY (subject, position)
) STRICT, WITHOUT ROWID;

-- A search for subjects asks who has a role there, and who has it anywhere, in the order of their ids.
CREATE INDEX assignments_by_role_and_scope ON assignments (role, scope, subject);
CREATE INDEX assignments_by_role ON assignments (role, subject);

CREATE TABLE grants (
  subject TEXT NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  permissions TEXT NOT NULL CHECK (json_valid(permissions) AND json_type(permissions) = 'array'),
  scope TEXT,
  "except" TEXT CHECK (json_valid("except") AND json_type("except") = 'array'),
  "when" TEXT CHECK (json_valid("when") AND json_type("when") = 'object'),
  status TEXT,
  "from" INTEGER CHECK (abs("from") <= 8640000000000000),
  until INTEGER CHECK (abs(until) <= 8640000000000000),
  PRIMARY KEY (subject, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE resources (
  type TEXT NOT NULL,
  id TEXT NOT NULL CHECK (id <> ''),
  scope TEXT,
  attributes TEXT CHECK (json_valid(attributes) AND json_type(attributes) = 'object'),
  PRIMARY KEY (type, id)
) STRICT, WITHOUT ROWID;

-- A search for resources pages by scope and id, because what is left of the conditions depends on the scope.
CREATE INDEX resources_by_scope ON resources (type, scope, id);

-- No reference from a parent to its scope: one that is not listed is unknown by the model.
CREATE TABLE scopes (
  reference TEXT NOT NULL PRIMARY KEY CHECK (reference <> ''),
  parent TEXT,
  attributes TEXT CHECK (json_valid(attributes) AND json_type(attributes) = 'object')
) STRICT, WITHOUT ROWID;

-- One row at most; without it no entitlement is active.
CREATE TABLE context (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  plan TEXT,
  entitlements TEXT CHECK (json_valid(entitlements) AND json_type(entitlements) = 'array'),
  attributes TEXT CHECK (json_valid(attributes) AND json_type(attributes) = 'object')
) STRICT;
