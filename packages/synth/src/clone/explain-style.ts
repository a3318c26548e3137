/** Look of the pages for people: follows the reader's light or dark setting, and prints. */
export const explainStyle = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --soft: color-mix(in srgb, currentColor 5%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; } h2 { margin-top: 3rem; border-bottom: 2px solid var(--line); } h3 { margin-top: 2rem; } h4 { margin: 0; font-size: 1rem; }
code { font: 0.85em ui-monospace, monospace; background: var(--soft); padding: 0.1em 0.35em; border-radius: 4px; overflow-wrap: anywhere; }
nav a { margin-right: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.2rem; } dt { opacity: 0.7; } dd { margin: 0; }
.rule { border: 1px solid var(--line); border-radius: 8px; padding: 0.8rem 1rem; margin: 0.8rem 0; } .rule p { margin: 0.3rem 0; } .rule ul { margin: 0.3rem 0; }
.badge { border-radius: 1em; padding: 0.05em 0.7em; font-size: 0.8em; color: #fff; } .certain { background: #1a7f37; } .ambiguous { background: #9a6700; } .unseen { background: #b3261e; }
.held, .evidence, .rest { font-size: 0.85em; opacity: 0.8; }
summary { cursor: pointer; } details { margin: 0.3rem 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; margin: 0.5rem 0; } th, td { border: 1px solid var(--line); padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; max-width: 24rem; min-width: 3rem; overflow-wrap: normal; } th { background: var(--soft); }
@media print { details > * { display: block; } }
`;
