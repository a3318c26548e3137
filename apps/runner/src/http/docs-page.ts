interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> }>
  >;
}

/** What the page needs of an OpenAPI document. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
  h2 { margin-top: 2.5rem; text-transform: capitalize }
  details { border: 1px solid #d0d7de; border-radius: 6px; margin: .5rem 0; padding: .5rem .75rem }
  summary { cursor: pointer } code, pre { font: 13px/1.45 ui-monospace, monospace }
  pre { background: #f6f8fa; padding: .75rem; overflow: auto; max-height: 24rem } .method { font-weight: 700; text-transform: uppercase; display: inline-block; min-width: 4.5rem }
  @media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117 } details { border-color: #30363d } pre { background: #161b22 } a { color: #58a6ff } }`;

/** The endpoints as a page that needs nothing else: no script, nothing from elsewhere. */
export function docsPage(document: ApiDocument): string {
  const groups = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      const { tags = ['other'] } = operation as Operation;
      const group = tags[0] ?? 'other';
      groups.set(group, [...(groups.get(group) ?? []), entry(method, path, operation as Operation)]);
    }
  }
  const { title, version, description = '' } = document.info;
  const sections = [...groups].map(([name, entries]) => `<h2>${escape(name)}</h2>${entries.join('')}`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title><style>${style}</style>
<h1>${escape(title)}</h1><p>${escape(description)}</p><p>Version ${escape(version)} · <a href="/openapi.json">openapi.json</a></p>
${sections.join('\n')}</html>`;
}

function entry(method: string, path: string, { summary = '', requestBody, responses = {} }: Operation): string {
  const body = requestBody?.content?.['application/json']?.schema;
  const answers = Object.entries(responses).map(([status, { description = '', content = {} }]) => {
    const schema = Object.values(content)[0]?.schema;
    return `<p><b>${escape(status)}</b> ${escape(description)}</p>${schema === undefined || !status.startsWith('2') ? '' : block(schema)}`;
  });
  return `<details><summary><span class="method">${escape(method)}</span> <code>${escape(path)}</code> ${escape(summary)}</summary>
${body === undefined ? '' : `<p>Body</p>${block(body)}`}${answers.join('')}</details>`;
}

const block = (schema: unknown): string => `<pre>${escape(JSON.stringify(schema, null, 2))}</pre>`;
