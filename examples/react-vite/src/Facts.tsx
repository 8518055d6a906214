import { change, people } from "./session";

/** Who is signed in and what was bought: what an application is told by its server, and here by hand. */
export function Facts() {
  return (
    <form aria-label="Facts">
      <label>
        Signed in as{" "}
        <select
          defaultValue="anna"
          onChange={({ target }) => void change({ subject: people[target.value as keyof typeof people] })}
        >
          {Object.keys(people).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>{" "}
      <label>
        <input
          type="checkbox"
          onChange={({ target }) => void change({ context: { entitlements: target.checked ? ["finance"] : [] } })}
        />{" "}
        Finance was bought
      </label>
    </form>
  );
}
