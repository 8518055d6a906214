import { Section } from "grantlet/react";
import { Facts } from "./Facts";
import { Invoices } from "./Invoices";
import { Relations } from "./Relations";

export function App() {
  return (
    <>
      <header>
        <h1>Relations</h1>
        <nav aria-label="Sections">
          <ul>
            <Section name="relations">
              <li><a href="#relations">Relations</a></li>
            </Section>
            <Section name="invoices">
              {(state) => <li>{state === "locked" ? "Invoices (not in your plan)" : <a href="#invoices">Invoices</a>}</li>}
            </Section>
          </ul>
        </nav>
      </header>
      <main>
        <Facts />
        <Section name="relations" fallback={<p>There is nothing here for you yet.</p>}>
          <Relations />
        </Section>
        <Section name="invoices">{(state) => state !== "locked" && <Invoices />}</Section>
      </main>
    </>
  );
}
