import type { Decision } from '@backlot/protocol';
import type { AuditVerdict } from '../verify-audit.ts';
import type { ShownBlobs } from './blobs.ts';
import { html, type Html } from './html.ts';
import type { ReportData } from './report-data.ts';

/** What a page of an audit is made of. */
export interface ReportParts {
  readonly data: ReportData;
  readonly verdict: AuditVerdict;
  readonly blobs: ShownBlobs;
  /** Folder of the audit, as commands name it. */
  readonly dir: string;
}

/** A decision's verb as a mark. */
export function verbTag(verb: Decision['verb']): Html {
  const says = { allow: 'allowed', deny: 'denied', ask: 'asked', end: 'ended' }[verb];
  return html`<span class="tag ${verb}">${says}</span>`;
}

/** A noun as it stands behind a number of things. */
export const nounFor = (number: number, noun: string): string => (number === 1 ? noun : `${noun}s`);
