import { escapeHtml } from './html.ts';

/** A way to write rich text, with a renderer that shares nothing with ours. */
export interface Dialect {
  readonly name: string;
  /** Marks of one word or more in running text, given words. */
  readonly inline: readonly ((words: string, name: string) => string)[];
  /** Blocks, given lines of running text and a word. */
  readonly blocks: readonly ((lines: readonly string[], name: string) => string)[];
  readonly render: (source: string) => string;
}

/** Puts away what must not be read again, and brings it back in the end. */
class Vault {
  readonly #kept: string[] = [];
  keep(html: string): string {
    this.#kept.push(html);
    return `\u0001${this.#kept.length - 1}\u0002`;
  }
  open(text: string): string {
    let out = text;
    while (out.includes('\u0001')) out = out.replace(/\u0001(\d+)\u0002/g, (_, i) => this.#kept[Number(i)]!);
    return out;
  }
}

type Step = readonly [RegExp, (vault: Vault, ...groups: string[]) => string];

function runSteps(text: string, steps: readonly Step[]): string {
  const vault = new Vault();
  let out = escapeHtml(text);
  for (const [pattern, make] of steps) out = out.replace(pattern, (...found) => make(vault, ...(found.slice(1, -2) as string[])));
  return vault.open(out);
}

const url = /(https?:\/\/[a-z0-9./]*[a-z0-9/])/g;
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

interface Listing {
  readonly at: RegExp;
  readonly depth: (line: RegExpExecArray) => number;
  readonly tag: (line: RegExpExecArray) => string;
  readonly item?: (depth: number, html: string) => string;
  readonly open?: (tag: string) => string;
}

/** Lines of a list, nested by their depth. */
function listHtml(
  lines: readonly string[],
  { at, depth, tag, item = (_, html) => html, open = (name) => `<${name}>` }: Listing,
  inline: (text: string) => string,
): string {
  let html = '';
  const stack: { tag: string; depth: number }[] = [];
  for (const line of lines) {
    const found = at.exec(line)!;
    const level = depth(found);
    while (stack.length > 0 && stack.at(-1)!.depth > level) html += `</li></${stack.pop()!.tag}>`;
    if (stack.length > 0 && stack.at(-1)!.depth === level) {
      html += '</li>';
      if (stack.at(-1)!.tag !== tag(found)) html += `</${stack.pop()!.tag}>`;
    }
    if (stack.length === 0 || stack.at(-1)!.depth < level) {
      stack.push({ tag: tag(found), depth: level });
      html += open(tag(found));
    }
    html += item(stack.length, inline(found.at(-1)!.trim()));
  }
  while (stack.length > 0) html += `</li></${stack.pop()!.tag}>`;
  return html;
}

const plainItem = (_: number, html: string): string => `<li>${html}`;
type BlockStep = (lines: readonly string[], at: number) => { html: string; next: number } | null;

/** Blocks by the first step that takes a line; the rest are paragraphs. */
function renderBlocks(source: string, steps: readonly BlockStep[], paragraph: (lines: readonly string[]) => string): string {
  const lines = source.split('\n');
  let html = '';
  let buffer: string[] = [];
  const flush = (): void => {
    if (buffer.length > 0) html += `${paragraph(buffer)}\n`;
    buffer = [];
  };
  for (let at = 0; at < lines.length;) {
    const found =
      lines[at]!.trim() === '' ? { html: '', next: at + 1 } : steps.map((step) => step(lines, at)).find((step) => step !== null);
    if (found) {
      flush();
      html += `${found.html}\n`;
      at = found.next;
    } else {
      buffer.push(lines[at]!);
      at += 1;
    }
  }
  flush();
  return html;
}

const run =
  (pattern: RegExp, make: (lines: readonly string[]) => string): BlockStep =>
  (lines, at) => {
    let next = at;
    while (next < lines.length && pattern.test(lines[next]!)) next += 1;
    return next === at ? null : { html: make(lines.slice(at, next)), next };
  };
const one =
  (pattern: RegExp, make: (found: RegExpExecArray) => string): BlockStep =>
  (lines, at) => {
    const found = pattern.exec(lines[at]!);
    return found && { html: make(found), next: at + 1 };
  };
const between =
  (open: RegExp, close: string, make: (body: string, info: string) => string): BlockStep =>
  (lines, at) => {
    const found = open.exec(lines[at]!);
    const end = found ? lines.indexOf(close, at + 1) : -1;
    return end < 0 ? null : { html: make(escapeHtml(lines.slice(at + 1, end).join('\n')), found![1] ?? ''), next: end + 1 };
  };

const markdownInline = (text: string): string =>
  runSteps(text, [
    [/\\([*_`[\]])/g, (vault, sign) => vault.keep(sign!)],
    [/`([^`]+)`/g, (vault, code) => vault.keep(`<code>${code}</code>`)],
    [/!\[([^\]]*)\]\(([^)]+)\)/g, (vault, alt, src) => vault.keep(`<img src="${src}" alt="${alt}">`)],
    [
      /\[([^\]]+)\]\((https?:[^)]+)\)/g,
      (vault, label, href) => vault.keep(`<a href="${href}" rel="nofollow">`) + label + vault.keep('</a>'),
    ],
    [/\[([^\]]+)\]\(([^)]+)\)/g, (vault, label, href) => vault.keep(`<a href="${href}">`) + label + vault.keep('</a>')],
    [url, (vault, href) => vault.keep(`<a href="${href}" rel="nofollow">${href}</a>`)],
    [/\*\*(\S(?:.*?\S)?)\*\*/gs, (_, inner) => `<strong>${inner}</strong>`],
    [/\*(\S(?:.*?\S)?)\*/gs, (_, inner) => `<em>${inner}</em>`],
    [/~~(.+?)~~/g, (_, inner) => `<del>${inner}</del>`],
    [/ {2}\n/g, () => '<br>\n'],
  ]);

const markdown: Dialect = {
  name: 'Markdown',
  inline: [
    (words) => `**${words}**`,
    (words) => `*${words}*`,
    (words) => `\`${words}\``,
    (words) => `~~${words}~~`,
    (words, name) => `[${words}](/pages/${name})`,
    (words, name) => `[${words}](https://example.org/${name})`,
    (_, name) => `https://example.com/${name}`,
    (words, name) => `![${words}](/files/${name}.png)`,
    (words) => `**${words} *${words}***`.replace('***', '* so**'),
    (words) => `\\*${words}\\*`,
    (words) => `${words}  \nand`,
  ],
  blocks: [
    ([a]) => `# ${a}`,
    ([a]) => `## ${a}`,
    ([a]) => `### ${a}`,
    (lines) => lines.map((line) => `- ${line}`).join('\n'),
    ([a, b]) => `- ${a}\n  - ${b}\n  - ${a}\n- ${b}`,
    (lines) => lines.map((line, i) => `${i + 1}. ${line}`).join('\n'),
    (lines) => lines.map((line) => `> ${line}`).join('\n'),
    (_, name) => `\`\`\`\nlet ${name} = 1;\n\n  *${name}* < 2\n\`\`\``,
    (_, name) => `\`\`\`js\ncall(${name})\n\`\`\``,
    () => '---',
    ([a, b], name) => `| ${name} | Other |\n| --- | --- |\n| ${a} | ${b} |\n| x | ${name} |`,
  ],
  render: (source) =>
    renderBlocks(
      source,
      [
        between(/^```(\w*)$/, '```', (body, info) => `<pre><code${info ? ` class="language-${info}"` : ''}>${body}\n</code></pre>`),
        one(/^(#{1,6}) (.+)$/, ([, marks, text]) => {
          const html = markdownInline(text!);
          return `<h${marks!.length} id="${slug(html.replace(/<[^>]*>/g, ''))}">${html}</h${marks!.length}>`;
        }),
        one(/^-{3,}$/, () => '<hr>'),
        run(/^\|.*\|$/, (lines) => {
          const cells = (line: string, tag: string): string =>
            line
              .slice(1, -1)
              .split('|')
              .map((cell) => `<${tag}>${markdownInline(cell.trim())}</${tag}>`)
              .join('');
          const body = lines
            .slice(2)
            .map((line) => `<tr>${cells(line, 'td')}</tr>`)
            .join('');
          return `<table><thead><tr>${cells(lines[0]!, 'th')}</tr></thead><tbody>${body}</tbody></table>`;
        }),
        run(/^ *(?:-|\d+\.) /, (lines) =>
          listHtml(
            lines,
            { at: /^( *)(-|\d+\.) (.*)$/, depth: (f) => f[1]!.length, tag: (f) => (f[2] === '-' ? 'ul' : 'ol'), item: plainItem },
            markdownInline,
          ),
        ),
        run(/^> /, (lines) => `<blockquote>${markdown.render(lines.map((line) => line.slice(2)).join('\n'))}</blockquote>`),
      ],
      (lines) => `<p>${markdownInline(lines.join('\n'))}</p>`,
    ),
};

const wikiInline = (text: string): string =>
  runSteps(text, [
    [/&lt;nowiki&gt;(.*?)&lt;\/nowiki&gt;/g, (vault, inner) => vault.keep(inner!)],
    [
      /\[\[([^|\]]+)\|([^\]]+)\]\]/g,
      (vault, page, label) => vault.keep(`<a href="/wiki/${page!.replaceAll(' ', '_')}" title="${page}">${label}</a>`),
    ],
    [/\[\[([^\]]+)\]\]/g, (vault, page) => vault.keep(`<a href="/wiki/${page!.replaceAll(' ', '_')}" title="${page}">${page}</a>`)],
    [/\[(https?:\S+) ([^\]]+)\]/g, (vault, href, label) => vault.keep(`<a class="external" href="${href}">${label}</a>`)],
    [url, (vault, href) => vault.keep(`<a class="external free" href="${href}">${href}</a>`)],
    [/'''(.+?)'''/gs, (_, inner) => `<b>${inner}</b>`],
    [/''(.+?)''/gs, (_, inner) => `<i>${inner}</i>`],
  ]);

const wiki: Dialect = {
  name: 'wiki',
  inline: [
    (words) => `'''${words}'''`,
    (words) => `''${words}''`,
    (words, name) => `[[${words} ${name}|${words}]]`,
    (words, name) => `[[${words} ${name}]]`,
    (words, name) => `[http://example.org/${name} ${words}]`,
    (_, name) => `http://example.com/${name}`,
    (words) => `'''${words} ''${words}'' x'''`,
    (words) => `<nowiki>''${words}''</nowiki>`,
  ],
  blocks: [
    ([a]) => `== ${a} ==`,
    ([a]) => `=== ${a} ===`,
    (lines) => lines.map((line) => `* ${line}`).join('\n'),
    ([a, b]) => `* ${a}\n** ${b}\n** ${a}\n* ${b}`,
    (lines) => lines.map((line) => `# ${line}`).join('\n'),
    (lines) => lines.map((line) => `: ${line}`).join('\n'),
    (_, name) => ` let ${name} = 1\n   ${name} < 2`,
    () => '----',
  ],
  render: (source) =>
    renderBlocks(
      source,
      [
        one(/^(={2,6}) (.+) \1$/, ([, marks, text]) => `<h${marks!.length}>${wikiInline(text!)}</h${marks!.length}>`),
        one(/^-{4,}$/, () => '<hr>'),
        run(/^[*#]+ /, (lines) =>
          listHtml(
            lines,
            { at: /^([*#]+) (.*)$/, depth: (f) => f[1]!.length, tag: (f) => (f[1]!.endsWith('*') ? 'ul' : 'ol'), item: plainItem },
            wikiInline,
          ),
        ),
        run(/^: /, (lines) => `<blockquote>${wikiInline(lines.map((line) => line.slice(2)).join('\n'))}</blockquote>`),
        run(/^ \S|^ {2}/, (lines) => `<pre>${escapeHtml(lines.map((line) => line.slice(1)).join('\n'))}</pre>`),
      ],
      (lines) => `<p>${wikiInline(lines.join('\n'))}</p>`,
    ),
};

const cleanId = (page: string): string =>
  page
    .toLowerCase()
    .replace(/[^a-z0-9:]+/g, '_')
    .replace(/^_|_$/g, '');
const dokuInline = (text: string): string =>
  runSteps(text, [
    [/%%(.+?)%%/g, (vault, inner) => vault.keep(inner!)],
    [/\{\{([^|}]+)\|([^}]+)\}\}/g, (vault, file, alt) => vault.keep(`<img src="/_media/${file}" class="media" alt="${alt}">`)],
    [
      /\[\[(https?:[^|\]]+)\|([^\]]+)\]\]/g,
      (vault, href, label) => vault.keep(`<a href="${href}" class="urlextern" rel="nofollow">${label}</a>`),
    ],
    [
      /\[\[([^|\]]+)\|([^\]]+)\]\]/g,
      (vault, page, label) => vault.keep(`<a href="/doku/${cleanId(page!)}" class="wikilink1">${label}</a>`),
    ],
    [/\[\[([^\]]+)\]\]/g, (vault, page) => vault.keep(`<a href="/doku/${cleanId(page!)}" class="wikilink1">${page}</a>`)],
    [url, (vault, href) => vault.keep(`<a href="${href}" class="urlextern" rel="nofollow">${href}</a>`)],
    [/''(.+?)''/g, (_, inner) => `<code>${inner}</code>`],
    [/\*\*(.+?)\*\*/gs, (_, inner) => `<strong>${inner}</strong>`],
    [/\/\/(.+?)\/\//gs, (_, inner) => `<em>${inner}</em>`],
    [/__(.+?)__/gs, (_, inner) => `<em class="u">${inner}</em>`],
    [/\\\\\s/g, () => '<br>'],
    [/--(?!-)/g, () => '–'],
  ]);

const doku: Dialect = {
  name: 'DokuWiki-like',
  inline: [
    (words) => `**${words}**`,
    (words) => `//${words}//`,
    (words) => `__${words}__`,
    (words) => `''${words}''`,
    (words, name) => `[[${words} ${name}|${words}]]`,
    (_, name) => `[[team:${name}]]`,
    (words, name) => `[[https://example.org/${name}|${words}]]`,
    (_, name) => `http://example.com/${name}`,
    (words) => `**${words} //${words}// x**`,
    (words) => `%%**${words}**%%`,
    (words) => `${words}\\\\ and`,
    (words) => `${words} -- so`,
    (words, name) => `{{${name}.png|${words}}}`,
  ],
  blocks: [
    ([a]) => `====== ${a} ======`,
    ([a]) => `===== ${a} =====`,
    (lines) => lines.map((line) => `  * ${line}`).join('\n'),
    ([a, b]) => `  * ${a}\n    * ${b}\n    * ${a}\n  * ${b}`,
    (lines) => lines.map((line) => `  - ${line}`).join('\n'),
    (_, name) => `<code>\nlet ${name} = 1\n  **${name}** < 2\n</code>`,
    () => '----',
    ([a, b], name) => `^ ${name} ^ Other ^\n| ${a} | ${b} |\n| x | ${name} |`,
    (lines) => lines.map((line) => `> ${line}`).join('\n'),
  ],
  render: (source) =>
    renderBlocks(
      source,
      [
        between(/^<code>$/, '</code>', (body) => `<pre class="code">${body}</pre>`),
        one(/^(={2,6}) (.+) \1$/, ([, marks, text]) => `<h${7 - marks!.length}>${dokuInline(text!)}</h${7 - marks!.length}>`),
        one(/^-{4,}$/, () => '<hr>'),
        run(/^[|^].*[|^]$/, (lines) => {
          const row = (line: string): string =>
            [...line.replace(/(\[\[|\{\{)([^\]}|]*)\|/g, '$1$2\u0003').matchAll(/([|^])([^|^]+)(?=[|^])/g)]
              .map(([, sign, cell]) =>
                sign === '^' ? `<th>${dokuInline(cell!.trim())}</th>` : `<td>${dokuInline(cell!.replaceAll('\u0003', '|').trim())}</td>`,
              )
              .join('');
          return `<div class="table"><table class="inline"><thead><tr>${row(lines[0]!)}</tr></thead><tbody>${lines
            .slice(1)
            .map((line) => `<tr>${row(line)}</tr>`)
            .join('')}</tbody></table></div>`;
        }),
        run(/^ {2,}[*-] /, (lines) =>
          listHtml(
            lines,
            {
              at: /^( +)([*-]) (.*)$/,
              depth: (f) => f[1]!.length,
              tag: (f) => (f[2] === '*' ? 'ul' : 'ol'),
              item: (depth, html) => `<li class="level${depth}"><div class="li">${html}</div>`,
            },
            dokuInline,
          ),
        ),
        run(
          /^> /,
          (lines) => `<blockquote><div class="no">${dokuInline(lines.map((line) => line.slice(2)).join('\n'))}</div></blockquote>`,
        ),
      ],
      (lines) => `<p>${dokuInline(lines.join('\n'))}</p>`,
    ),
};

const plainText: Dialect = {
  name: 'plain text',
  inline: [(_, name) => `#${name}`, (_, name) => `@${name}`, (_, name) => `https://example.com/${name}`, (words) => `5 < 6 & "${words}"`],
  blocks: [(lines) => lines.join('\n'), ([a]) => `- ${a}`],
  render: (source) =>
    runSteps(source, [
      [url, (vault, href) => vault.keep(`<a href="${href}" target="_blank" rel="noopener">${href}</a>`)],
      [/(^|\s)#([a-z]\w*)/g, (vault, before, tag) => before + vault.keep(`<a class="tag" href="/tags/${tag}">#${tag}</a>`)],
      [/(^|\s)@([a-z]\w*)/g, (vault, before, user) => before + vault.keep(`<a href="/people/${user}">@${user}</a>`)],
      [/\n/g, () => '<br>'],
    ]),
};

const textileInline = (text: string): string =>
  runSteps(text, [
    [/@([^@]+)@/g, (vault, code) => vault.keep(`<code>${code}</code>`)],
    [
      /&quot;([^&]+)&quot;:(https?:[a-z0-9./]*[a-z0-9/]|\/[a-z0-9/]+)/g,
      (vault, label, href) => vault.keep(`<a href="${href}" class="external">${label}</a>`),
    ],
    [
      /\[\[([^|\]]+)\|([^\]]+)\]\]/g,
      (vault, page, label) => vault.keep(`<a href="/projects/one/wiki/${page!.replaceAll(' ', '_')}" class="wiki-page">${label}</a>`),
    ],
    [
      /\[\[([^\]]+)\]\]/g,
      (vault, page) => vault.keep(`<a href="/projects/one/wiki/${page!.replaceAll(' ', '_')}" class="wiki-page">${page}</a>`),
    ],
    [/!([^\s!]+\.png)!/g, (vault, src) => vault.keep(`<img src="/attachments/${src}" alt="">`)],
    [/(?<!\w)#(\d+)/g, (vault, issue) => vault.keep(`<a href="/issues/${issue}" class="issue">#${issue}</a>`)],
    [/(?<!\w)\*(\S(?:.*?\S)?)\*(?!\w)/gs, (_, inner) => `<strong>${inner}</strong>`],
    [/(?<!\w)_(\S(?:.*?\S)?)_(?!\w)/gs, (_, inner) => `<em>${inner}</em>`],
    [/(?<!\w)\+(\S(?:.*?\S)?)\+(?!\w)/gs, (_, inner) => `<ins>${inner}</ins>`],
    [/\n/g, () => '<br>\n'],
  ]);

const textile: Dialect = {
  name: 'Textile-like',
  inline: [
    (words) => `*${words}*`,
    (words) => `_${words}_`,
    (words) => `+${words}+`,
    (words) => `@${words}@`,
    (words, name) => `"${words}":http://example.org/${name}`,
    (words, name) => `[[${words} ${name}|${words}]]`,
    (words, name) => `[[${words} ${name}]]`,
    (words) => `#${words.length * 7}`,
    (_, name) => `snake_${name}_case`,
    (_, name) => `!${name}.png!`,
  ],
  blocks: [
    ([a]) => `h1. ${a}`,
    ([a]) => `h2. ${a}`,
    (lines) => lines.map((line) => `* ${line}`).join('\n'),
    ([a, b]) => `* ${a}\n** ${b}\n* ${a}`,
    (lines) => lines.map((line) => `# ${line}`).join('\n'),
    ([a]) => `bq. ${a}`,
    (_, name) => `<pre>\nlet ${name} = 1\n  *${name}* < 2\n</pre>`,
    ([a, b], name) => `|_. ${name} |_. Other |\n| ${a} | ${b} |`,
  ],
  render: (source) =>
    renderBlocks(
      source,
      [
        between(/^<pre>$/, '</pre>', (body) => `<pre>${body}</pre>`),
        one(/^h([1-6])\. (.+)$/, ([, level, text]) => `<h${level}>${textileInline(text!)}</h${level}>`),
        one(/^bq\. (.+)$/, ([, text]) => `<blockquote><p>${textileInline(text!)}</p></blockquote>`),
        run(
          /^\|.*\|$/,
          (lines) =>
            `<table><tbody>${lines
              .map(
                (line) =>
                  `<tr>${line
                    .slice(1, -1)
                    .replace(/\[\[([^\]|]*)\|/g, '[[$1\u0003')
                    .split('|')
                    .map((cell) =>
                      cell.startsWith('_. ')
                        ? `<th>${textileInline(cell.slice(3).trim())}</th>`
                        : `<td>${textileInline(cell.replaceAll('\u0003', '|').trim())}</td>`,
                    )
                    .join('')}</tr>`,
              )
              .join('')}</tbody></table>`,
        ),
        run(/^[*#]+ /, (lines) =>
          listHtml(
            lines,
            { at: /^([*#]+) (.*)$/, depth: (f) => f[1]!.length, tag: (f) => (f[1]!.endsWith('*') ? 'ul' : 'ol'), item: plainItem },
            textileInline,
          ),
        ),
      ],
      (lines) => `<p>${textileInline(lines.join('\n'))}</p>`,
    ),
};

export const dialects: readonly Dialect[] = [markdown, wiki, doku, plainText, textile];
