// The five systems, in the order of the switch. Each file is data: people, places and rows to look at. Who may do what
// stands in the system's policy, and nowhere here.
//
// Of a system: `id` (its policy is `policies/ID.json`), `title`, `tagline`, `person`, `date`, `scope` and `plan` to begin
// with, `presets` (days to compare), `people`, `places` (scope → label, parent, attributes), `members` (scope type → the
// permission that shows others' roles there), `icons`, `rows` (resource → what its card lists), `also` (section → further
// resources on its page), `entries` (sections with a page of their own, all where absent).

import copernica from "./copernica.js";
import performanet from "./performanet.js";
import procurios from "./procurios.js";
import sys from "./sys.js";
import workspaces from "./workspaces.js";

export const systems = [procurios, copernica, sys, workspaces, performanet];

export const DEFAULT = procurios;

export const systemOf = (id) => systems.find((system) => system.id === id);
