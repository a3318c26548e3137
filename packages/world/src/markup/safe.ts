/** Elements that content may hold. Everything else loses its tag, and what could act or load loses its content too. */
const tags = new Set(
  (
    'a abbr acronym address article aside audio b bdi bdo big blockquote br button caption center cite code col colgroup dd del details dfn ' +
    'div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li main mark ' +
    'menu nav ol optgroup option p picture pre progress q rp rt ruby s samp section select small source span strike strong sub summary sup ' +
    'table tbody td textarea tfoot th thead time tr tt u ul var video wbr'
  ).split(' '),
);
const svgTags = new Set(
  'svg g path circle ellipse rect line polyline polygon text tspan title desc defs lineargradient radialgradient stop clippath mask symbol'.split(
    ' ',
  ),
);
const emptied = new Set(
  'script style iframe frame frameset object embed applet template noscript link meta base title head math'.split(' '),
);

const attributes = new Set(
  (
    'abbr align alt border cellpadding cellspacing checked cite class clip-path clip-rule cols color colspan cx cy d datetime dir disabled ' +
    'download fill fill-rule fill-opacity for gradienttransform gradientunits headers height hidden href hreflang id label lang loading max ' +
    'maxlength min multiple name offset opacity open placeholder points poster preserveaspectratio r readonly rel rev reversed role rows ' +
    'rowspan rx ry scope selected size span src start stop-color stroke stroke-linecap stroke-linejoin stroke-opacity stroke-width style ' +
    'summary tabindex target text-anchor title transform type valign value viewbox width wrap x x1 x2 y y1 y2'
  ).split(' '),
);
const addresses = new Set(['href', 'src', 'cite', 'poster']);
const schemes = new Set(['http', 'https', 'mailto', 'tel', 'ftp', 'ftps', 'irc', 'news', 'sms', 'xmpp']);

/** `keep` an element, `unwrap` it to its content, or `drop` it with all that it holds. */
export function verdictOnTag(tag: string, svg: boolean): 'keep' | 'unwrap' | 'drop' {
  if (svg) return svgTags.has(tag.toLowerCase()) ? 'keep' : 'drop';
  if (emptied.has(tag)) return 'drop';
  return tags.has(tag) ? 'keep' : 'unwrap';
}

/** True for addresses that run no code: relative ones, and those of a scheme that only leads somewhere. Pictures may be data. */
function isSafeAddress(address: string, isPicture = false): boolean {
  const bare = address.replace(/[\u0000-\u0020\u007f-\u009f]/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
  if (scheme === undefined) return !/^[^/?#]*&(?:#|colon|tab|newline)/i.test(bare);
  if (isPicture && /^data:image\/(?:png|jpe?g|gif|webp|avif);/i.test(bare)) return true;
  return schemes.has(scheme) || !isKnownToAct(scheme);
}

/** Schemes that a browser answers itself. Any other before a colon is a word of the application, as in `wiki:start`. */
function isKnownToAct(scheme: string): boolean {
  return /^(?:javascript|vbscript|livescript|mocha|data|blob|file|filesystem|view-source|about|chrome.*|jar|ws|wss)$/.test(scheme);
}

function isSafeStyle(style: string): boolean {
  return !/url\s*\(|expression\s*\(|@import|image-set|javascript:|behavior|-moz-binding|\\|\/\*/i.test(style);
}

/** True for attributes that neither run code nor load what is not a picture. */
function isSafeAttribute(name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (/^(?:data|aria)-[a-z0-9_.-]+$/.test(lower)) return true;
  if (!attributes.has(lower)) return false;
  if (lower === 'style') return isSafeStyle(value);
  return !addresses.has(lower) || isSafeAddress(value, lower === 'src');
}

/** The attributes that may stay, by name. */
export function safeAttributes(attrs: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of Object.keys(attrs).sort()) {
    const value = attrs[name];
    if (typeof value === 'string' && isSafeAttribute(name, value)) kept[name] = value;
  }
  return kept;
}
