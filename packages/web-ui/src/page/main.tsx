import { render } from "preact";
import { App } from "./app.tsx";
import { followChanges } from "./changes/comparison.ts";
import { followView } from "./graph/picture.ts";
import { connect } from "./state/page-data.ts";
import { startTheme } from "./state/theme.ts";
import { followHistory } from "./state/view-state.ts";
import "./styles/page.css";

startTheme();
followHistory();
followView();
connect();
followChanges();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
