import { html, type Html } from './html.ts';
import type { ReportParts } from './parts.ts';

/** The policies as they were in force, word for word. */
export function policySection({ data: { open }, blobs }: ReportParts): Html {
  const policies = open?.policies ?? [];
  if (policies.length === 0)
    return html`<h2>The policies</h2>
      <p>None was in force.</p>`;
  return html`<h2>The policies</h2>
    <p class="soft small">
      What no rule allows is denied. Of the rules that match, <b>end</b> comes before <b>deny</b>, <b>ask</b> and <b>allow</b>; each policy
      has to let an action pass.
    </p>
    ${policies.map(
      ({ name, blob }) =>
        html`<details class="episode">
          <summary><b>${name}</b> <span class="soft small">sha256 ${blob.slice(0, 16)}…</span></summary>
          <div><pre>${blobs.text(blob) ?? 'Its text is missing or was changed.'}</pre></div>
        </details>`,
    )}`;
}

/** What to type to check this page without trusting it. */
export function checkSection({ data: { open }, verdict, dir }: ReportParts): Html {
  return html`<h2>Check it yourself</h2>
    <div class="card">
      <p>
        This page only shows the audit. The audit itself is the file <code>audit.jsonl</code>: each line holds the sha256 of the line before
        it.
      </p>
      <pre>npx backlot audit verify ${dir}</pre>
      <p class="soft small">
        It shows that nobody but the holder of the key wrote or changed it, not that the machine it was written on was honest. Secrets that
        the policies name, and what looks like a credential, were masked before anything was written (<code>«secret 1»</code>,
        <code>«credential»</code>); of pages that showed one there is no picture.
      </p>
      <p>To do the run again:</p>
      <pre>${open?.command ?? 'The command is not known.'}</pre>
      <dl>
        <dt>Run</dt>
        <dd><code>${open?.run ?? 'unknown'}</code></dd>
        <dt>Clone (sha256)</dt>
        <dd><code>${open?.world ?? 'unknown'}</code></dd>
        <dt>Signed by</dt>
        <dd><code>${verdict.signedBy ?? 'nobody'}</code></dd>
      </dl>
    </div>`;
}
