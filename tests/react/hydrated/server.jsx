// On the server: the page as text, at once or as a stream.

import { Writable } from "node:stream";
import { Suspense } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { App } from "./app.jsx";

export const text = (props) => renderToString(<App {...props} />);

/** Has the page written in chunks as they come. Gives the errors of its parts when all is written. */
export function stream(props, write) {
  const errors = [];
  return new Promise((resolve, reject) => {
    const into = new Writable({
      write(chunk, _, done) {
        write(String(chunk));
        done();
      },
    });
    into.on("finish", () => resolve(errors));
    const { pipe } = renderToPipeableStream(<Suspense fallback={<b>loading</b>}><App {...props} /></Suspense>, {
      onShellReady: () => pipe(into),
      onShellError: reject,
      onError: (error) => void errors.push(error.message),
    });
  });
}
