/**
 * What the document of a clone may load and do: its own script, styles and pictures, its own world. Scripts in markup, frames,
 * plug-ins, workers, forms that are sent and a changed base are out.
 */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "media-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "worker-src 'none'",
  "manifest-src 'none'",
].join('; ');

/**
 * The text of a clone's `index.html`: the same for every clone. A server names the account that the episode begins with in the
 * content of `<meta name="backlot-account">`; empty means the world's default account.
 */
export function indexPage(): string {
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="backlot-account" content="">
<script src="/runtime.js" defer></script>
</head>
<body></body>
</html>
`;
}
