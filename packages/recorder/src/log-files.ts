import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LogMeta, RecordedLog } from './options.ts';
import type { Har } from './har.ts';

/** An rrweb event, as far as the recorder looks at it. */
export interface RecordedEvent {
  readonly type: number;
  readonly data: unknown;
  readonly timestamp: number;
}

/** What a recording holds when it ends. */
export interface LogContent {
  readonly meta: LogMeta;
  readonly events: readonly RecordedEvent[];
  readonly har: Har | null;
}

/**
 * Writes the files of one session so that a reader finds each whole or not at all; the events come last, so a session whose
 * events are there is complete.
 */
export function writeLog(folder: string, { meta, events, har }: LogContent): RecordedLog {
  mkdirSync(folder, { recursive: true });
  const file = (suffix: string): string => path.join(folder, `${meta.session}.${suffix}`);
  if (har !== null) writeWhole(file('har.gz'), gzipSync(JSON.stringify(har), { level: 9 }));
  writeWhole(file('meta.json'), `${JSON.stringify(meta)}\n`);
  writeWhole(file('rrweb.json.gz'), gzipSync(JSON.stringify(events), { level: 9 }));
  return {
    session: meta.session,
    rrweb: file('rrweb.json.gz'),
    har: har === null ? null : file('har.gz'),
    meta: file('meta.json'),
    events: events.length,
  };
}

function writeWhole(file: string, content: string | Buffer): void {
  const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    writeFileSync(unfinished, content);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
