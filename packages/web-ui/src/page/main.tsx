import { render } from "preact";
import { App } from "./app.tsx";
import { followView } from "./graph/picture.ts";
import { followChanges } from "./state/comparison.ts";
import { followDagster } from "./state/dagster-state.ts";
import { connect } from "./state/page-data.ts";
import { startTheme } from "./state/theme.ts";
import { followHistory } from "./state/view-state.ts";
import "./styles/page.css";

startTheme();
followHistory();
followView();
connect();
followChanges();
followDagster();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
