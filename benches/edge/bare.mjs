// `node bare.mjs [HEADER…]`: a server of Node's that answers every request with a constant; with headers, once it has read
// them and the body. It says where it is.

import { createServer } from "node:http";

const ANSWER = '{"decision":true,"context":{"reason":"allowed"}}';
const HEADERS = { "content-type": "application/json", "content-length": Buffer.byteLength(ANSWER) };

const constant = (_, response) => response.writeHead(200, HEADERS).end(ANSWER);

const names = process.argv.slice(2);

function afterReading(request, response) {
  for (const name of names) request.headers[name];
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    Buffer.concat(chunks).toString();
    constant(request, response);
  });
}

const server = createServer(names.length === 0 ? constant : afterReading);
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
