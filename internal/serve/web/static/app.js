// Comfort for pages that work without it: each module looks for what it
// serves and leaves other pages alone.
import { theme } from "./theme.js";
import { links } from "./links.js";
import { progress } from "./progress.js";
import { keys } from "./keys.js";
import { partial } from "./partial.js";

theme();
links(document);
progress();
keys();
partial(links);
