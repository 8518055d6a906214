/** An application has these in its database. */
export const relations = [
  { id: 1, name: "Bakery North", owner: "anna" },
  { id: 2, name: "Garage South", owner: "mo" },
];
