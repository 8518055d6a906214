// What an app is given: its session, followed for as long as the app is mounted.
//
// A server renders an app that is never mounted, so nothing subscribes there, and no timer keeps a request's session.

import { type App, effectScope } from "vue";
import { vCan } from "./vue-directive.js";
import { open, SESSION, type SessionSource } from "./vue-session.js";

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
    const source = open(session, (error) =>
      (app.config.errorHandler ?? console.error)(error, null, "grantlet"),
    );
    app.provide(SESSION, source.session).directive("can", vCan);

    const { mount, unmount } = app;
    // Apart from whatever component mounts the app.
    const following = effectScope(true);
    app.mount = (...where) => {
      following.run(source.follow);
      return mount(...where);
    };
    app.unmount = () => {
      unmount();
      following.stop();
    };
  },
};
