import { GrantletProvider } from "grantlet/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { session } from "./session";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <GrantletProvider session={session} fallback={<p role="status">Loading…</p>}>
      <App />
    </GrantletProvider>
  </StrictMode>,
);
