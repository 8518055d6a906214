import { GrantletPlugin } from "grantlet/vue";
import { createApp } from "vue";
import App from "./App.vue";
import { session } from "./session";
import "./style.css";

createApp(App).use(GrantletPlugin, { session }).mount("#app");
