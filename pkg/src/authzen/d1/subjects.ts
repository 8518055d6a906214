// Searching subjects: pages in the order of their ids.

import type { Subject } from "../../documents.js";
import type { Found, SubjectsQuestion } from "../directory.js";
import type { Row, Statement } from "./database.js";
import { SUBJECT, subjectOf } from "./rows.js";

/** The statement that finds a page of subjects, and one more. */
export function subjectsStatement({ roles, below = [], scopes, after = "", limit }: SubjectsQuestion): Statement {
  if (roles === undefined) {
    return [`SELECT ${SUBJECT} FROM subjects WHERE id > ?1 ORDER BY id LIMIT ?2`, after, limit + 1];
  }
  return [GIVEN, after, limit + 1, JSON.stringify(roles), JSON.stringify(scopes), JSON.stringify(below)];
}

/**
 * For each role and place the first ids in the order of an index, put together: no page reads more of an index than its
 * own length, however many have the role.
 */
const GIVEN = `WITH place (scope) AS (SELECT value FROM json_each(?4) UNION SELECT NULL),
  page (id) AS (
    SELECT holder.value FROM json_each(?3) AS role, place, json_each((
        SELECT json_group_array(subject) FROM (
          SELECT DISTINCT subject FROM assignments
            WHERE role = role.value AND scope IS place.scope AND subject > ?1 ORDER BY subject LIMIT ?2
        )
      )) AS holder
    UNION
    SELECT holder.value FROM json_each(?5) AS role, json_each((
        SELECT json_group_array(subject) FROM (
          SELECT DISTINCT subject FROM assignments WHERE role = role.value AND subject > ?1 ORDER BY subject LIMIT ?2
        )
      )) AS holder
    UNION
    SELECT subject FROM (SELECT DISTINCT subject FROM grants WHERE subject > ?1 ORDER BY subject LIMIT ?2)
    ORDER BY 1 LIMIT ?2
  )
  SELECT ${SUBJECT} FROM page JOIN subjects USING (id) ORDER BY subjects.id`;

/** The page of its rows. A row that is no subject is left out, and told. */
export function subjectsFound(rows: readonly Row[], { limit }: SubjectsQuestion, broken: (thrown: unknown) => void): Found<Subject> {
  const found: Subject[] = [];
  for (const row of rows.slice(0, limit)) {
    try {
      found.push(subjectOf(row));
    } catch (thrown) {
      broken(thrown);
    }
  }
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? { found, next: last["id"] as string } : { found };
}
