import { Can, useSession } from "grantlet/react";

export function Invoices() {
  return (
    <section id="invoices" aria-labelledby="invoices-title">
      <h2 id="invoices-title">Invoices</h2>
      <Can permission="invoice:create">
        {(allowed) => <button disabled={!allowed}>Write an invoice</button>}
      </Can>
      <Why />
    </section>
  );
}

function Why() {
  const decision = useSession()?.decide("invoice:create");
  return <p role="status">{decision?.effect === "allow" ? "You may write invoices." : `You may not: ${decision?.reason}.`}</p>;
}
