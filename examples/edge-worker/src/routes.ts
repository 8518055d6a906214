/** What the API has, and what one needs for it. A path that is not here does not exist; nothing else reaches the API. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Segments; one that begins with `:` is a parameter. */
  readonly path: string;
  readonly permission: `${string}:${string}`;
  /** The parameter that is the record's id. Without one, it is about no record that there is yet, or about many. */
  readonly id?: string;
  /** The parameter that is the id of the workspace. Without one, the directory knows where the record is. */
  readonly workspace?: string;
}

const ROUTES: readonly Route[] = [
  { method: "GET", path: "/workspaces/:workspace", permission: "workspace:view", id: "workspace" },
  { method: "PUT", path: "/workspaces/:workspace", permission: "workspace:rename", id: "workspace" },

  { method: "GET", path: "/workspaces/:workspace/relations", permission: "relation:list", workspace: "workspace" },
  { method: "POST", path: "/workspaces/:workspace/relations", permission: "relation:create", workspace: "workspace" },
  { method: "GET", path: "/relations/:relation", permission: "relation:view", id: "relation" },
  { method: "PUT", path: "/relations/:relation", permission: "relation:edit", id: "relation" },
  { method: "DELETE", path: "/relations/:relation", permission: "relation:delete", id: "relation" },
  { method: "GET", path: "/relations/:relation/iban", permission: "relation.iban:view", id: "relation" },

  { method: "GET", path: "/workspaces/:workspace/invoices", permission: "invoice:list", workspace: "workspace" },
  { method: "POST", path: "/workspaces/:workspace/invoices", permission: "invoice:create", workspace: "workspace" },
  { method: "GET", path: "/invoices/:invoice", permission: "invoice:view", id: "invoice" },
  { method: "PUT", path: "/invoices/:invoice", permission: "invoice:edit", id: "invoice" },
  { method: "POST", path: "/invoices/:invoice/approval", permission: "invoice:approve", id: "invoice" },

  { method: "GET", path: "/settings", permission: "settings:view" },
  { method: "PUT", path: "/settings", permission: "settings:edit" },
];

/** A route that was found, with its parameters. */
export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What a parameter may be. Nothing in it is encoded, so the API cannot read another path in it than was judged here. */
const PARAMETER = "([A-Za-z0-9_-]{1,64})";

const PATTERNS = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll(/:\w+/g, PARAMETER)}$`),
  names: [...route.path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name),
}));

/** The route of a request; or the methods that there are for its path, none where there is no such path. */
export function match(method: string, path: string): Match | { readonly methods: readonly string[] } {
  const methods: string[] = [];
  for (const { route, pattern, names } of PATTERNS) {
    const found = pattern.exec(path);
    if (found === null) continue;
    if (route.method === method) {
      const parameters = Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""]));
      return { route, parameters };
    }
    methods.push(route.method);
  }
  return { methods };
}
