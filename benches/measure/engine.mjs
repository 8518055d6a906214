// How an engine is used here, whatever it is. An adapter in `engines/` has
//
// - `name`;
// - `write(policy)`: the policy of `scenario.mjs` as the engine takes it, as a program would keep it;
// - `open(written, user)`: everything from there to `{ can }` for one person; or, where an engine loads a policy once
//   for everybody, `load(written)` and `session(loaded, user)`; any of them may give a promise;
// - `question([action, resource, record])`: what `can` is called with, put together ahead, as a program has it in its
//   text. What is opened may have a `question` of its own;
// - `slow`: it is asked fewer questions before it is timed. `unconditional`: it takes no records.

const AS_IT_IS = (question) => question;

/** From data to a person's answers. */
export async function opened(engine, written, user) {
  const session = engine.load ? engine.session(await engine.load(written), user) : await engine.open(written, user);
  return { can: session.can, question: session.question ?? engine.question ?? AS_IT_IS };
}
