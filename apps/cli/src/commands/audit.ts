import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditVerdict } from '@backlot/sandbox';
import type { Command } from 'commander';
import { command, commandGroup, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes } from '../io/errors.ts';
import { count } from '../io/table.ts';

interface VerifyOptions {
  readonly key?: string;
  readonly json?: boolean;
}

/** `backlot audit` */
export function auditCommand(): Command {
  return commandGroup({
    name: 'audit',
    summary: 'check the audit of a run, and make a page of it that people can read',
    examples: ['backlot audit verify runs/guarded', 'backlot audit report runs/guarded'],
    commands: [verifyCommand(), reportCommand()],
  });
}

function verifyCommand(): Command {
  return command({
    name: 'verify',
    summary: 'find every byte of an audit that was changed, removed, inserted or moved, and say where',
    examples: ['backlot audit verify runs/guarded', 'backlot audit verify runs/guarded --key MCowBQYDK2VwAyEA…'],
  })
    .argument('<run>', 'folder that holds audit.jsonl')
    .option('--key <key>', 'the public key that has to have signed: the text of audit.pub, kept elsewhere')
    .addHelpText(
      'after',
      '\nExits with 1 where anything is found. Without --key compare the fingerprint with the one that the run printed.',
    )
    .action((dir: string, options: VerifyOptions) => run(options, (context) => verify(dir, options, context)));
}

async function verify(dir: string, { key }: VerifyOptions, { terminal }: Context): Promise<Verdict> {
  const { verifyAudit } = await import('@backlot/sandbox');
  const verdict = await verifyAudit(dir, key === undefined ? {} : { publicKey: key.trim() });
  terminal.result(verdict, sayVerdict(dir, verdict));
  return verdict.intact ? exitCodes.done : exitCodes.failed;
}

function sayVerdict(dir: string, { intact, records, blobs, signedBy, findings }: AuditVerdict): string {
  const signed = `signed by ${signedBy ?? 'nobody'}`;
  if (intact) return `${dir} is intact: ${count(records, 'record')} and ${count(blobs, 'blob')}, ${signed}.`;
  const shown = findings.slice(0, 20).map(({ says, bytes }) => `  ${says}${bytes === null ? '' : ` (bytes ${bytes[0]} to ${bytes[1]})`}`);
  const more = findings.length - shown.length;
  return [
    `${dir} is NOT as it was written (${count(records, 'record')} could be read, ${signed}):`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

function reportCommand(): Command {
  return command({
    name: 'report',
    summary: 'write one page that shows what was tried, what was stopped, by which rule, and how to do it again',
    examples: ['backlot audit report runs/guarded', 'backlot audit report runs/guarded --out report.html'],
  })
    .argument('<run>', 'folder that holds audit.jsonl')
    .option('--out <file>', 'the page (default: audit.html in the folder)')
    .action((dir: string, options: { readonly out?: string; readonly json?: boolean }) =>
      run(options, async ({ terminal }) => {
        const { auditReport } = await import('@backlot/sandbox');
        const { html, verdict } = await auditReport(dir);
        const out = options.out ?? join(dir, 'audit.html');
        await writeFile(out, html);
        terminal.result({ out, intact: verdict.intact }, `${sayVerdict(dir, verdict)}\nWritten to ${out}.`);
        return verdict.intact ? exitCodes.done : exitCodes.failed;
      }),
    );
}
