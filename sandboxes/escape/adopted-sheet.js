/* {"family": "styles"} */
const sheet = new CSSStyleSheet(); sheet.replaceSync('body { background: url(https://out.example/adopted) }'); document.adoptedStyleSheets = [sheet];
