export default function Reports() {
  return (
    <main>
      <h1>Reports</h1>
      <p>Two relations, and both of them pay.</p>
    </main>
  );
}
