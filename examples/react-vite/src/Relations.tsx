import { Can, useCan } from "grantlet/react";
import { useState } from "react";

interface Relation {
  readonly id: number;
  readonly name: string;
  readonly owner: string;
}

export function Relations() {
  const [relations, setRelations] = useState<readonly Relation[]>([
    { id: 1, name: "Bakery North", owner: "anna" },
    { id: 2, name: "Garage South", owner: "mo" },
  ]);
  const add = () => setRelations([...relations, { id: relations.length + 1, name: "New relation", owner: "anna" }]);
  return (
    <section id="relations" aria-labelledby="relations-title">
      <h2 id="relations-title">Relations</h2>
      <ul>
        {relations.map((relation) => (
          <li key={relation.id}>
            {relation.name} <Edit relation={relation} />
          </li>
        ))}
      </ul>
      <Can permission="relation:create" fallback={<p>You may look, and not add.</p>}>
        <button onClick={add}>Add a relation</button>
      </Can>
    </section>
  );
}

function Edit({ relation }: { relation: Relation }) {
  const allowed = useCan("relation:edit", { resource: relation });
  return (
    <button disabled={!allowed} title={allowed ? undefined : "Only its owner edits a relation"}>
      Edit {relation.name}
    </button>
  );
}
