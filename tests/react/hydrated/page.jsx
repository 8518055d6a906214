// In the browser: takes the server's page over with the snapshot that came with it.

import { openSnapshot } from "grantlet/client";
import { useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { App, told } from "./app.jsx";

const seen = (globalThis.seen = { logged: [], recovered: [], told });
console.error = (...words) => seen.logged.push(words.map(String).join(" "));

function Page() {
  const [session, set] = useState(() => openSnapshot(JSON.parse(document.getElementById("snapshot").textContent)));
  globalThis.replace = set;
  return <App session={session} />;
}

globalThis.hydrate = () =>
  hydrateRoot(document.getElementById("app"), <Page />, {
    onRecoverableError: (error) => seen.recovered.push(error.message),
  });

/** The evaluator, for a page that goes on to live answers. */
globalThis.upgrade = async (document, subject) => {
  const { loadPolicy } = await import("grantlet");
  globalThis.live = (await loadPolicy(document)).session(subject);
  globalThis.replace(globalThis.live);
};
