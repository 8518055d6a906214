// What an app is given: its session, followed for as long as the app is mounted.
//
// A server renders an app that is never mounted, so nothing subscribes there, and no timer keeps a request's session.

import { type App, effectScope } from "vue";
import { vCan } from "./directive.js";
import { open, SESSION, type SessionSource } from "./session.js";

/** What the plugin is given. */
export interface GrantletPluginOptions {
  /**
   * Who is asked: a session, a promise of one, or a ref or getter of either. Until there is one, and after a promise was
   * rejected, everything is denied; what a promise is rejected with goes to the app's `errorHandler`, or else to the
   * console.
   */
  session: SessionSource;
}

/** `app.use(GrantletPlugin, { session })` */
export const GrantletPlugin = {
  /** Called by `app.use`. */
  install(app: App, { session }: GrantletPluginOptions): void {
    // Apart from whatever component makes and mounts the app.
    const scope = effectScope(true);
    const failed = (error: unknown): void => (app.config.errorHandler ?? console.error)(error, null, "grantlet");
    const { current, follow } = scope.run(() => open(session, failed))!;
    app.provide(SESSION, current).directive("can", vCan);

    const { mount, unmount } = app;
    app.mount = (...where) => {
      scope.run(follow);
      return mount(...where);
    };
    app.unmount = () => {
      unmount();
      scope.stop();
    };
  },
};
