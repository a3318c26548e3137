import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { EpisodeRecord } from '@backlot/protocol';
import type { Engine } from '@backlot/sandbox';
import { Option, type Command } from 'commander';
import { repeated } from './io/options.ts';
import { version } from './version.ts';

/** Options of commands that put agents under policies. */
export interface PolicyOptions {
  readonly policy?: readonly string[];
  readonly policyMode: 'enforce' | 'observe';
  readonly answer?: 'yes' | 'no';
  readonly auditKey?: string;
  readonly pictures: boolean;
}

/** Adds the options about policies and the audit to a command. */
export function withPolicyOptions(command: Command): Command {
  return command
    .option(
      '--policy <file>',
      'a guardrail policy; given several times, each must let an action pass. With --out an audit is written',
      repeated,
    )
    .addOption(
      new Option('--policy-mode <mode>', 'observe: carry everything out and only tell').choices(['enforce', 'observe']).default('enforce'),
    )
    .addOption(new Option('--answer <answer>', 'the answer to every ask (default: nobody answers, which is a no)').choices(['yes', 'no']))
    .option(
      '--audit-key <file>',
      'Ed25519 key (PEM) that signs the audit; made where there is no such file (default: a fresh one, then forgotten)',
    )
    .option('--no-pictures', 'keep no pictures in the audit');
}

/** What is run, as the audit's first record says it. */
export interface RunSubject {
  readonly subject: string;
  readonly agent: string;
  readonly world: string;
  readonly command: string;
  readonly out: string | undefined;
}

/** A run under policies. */
export interface SupervisedRun {
  readonly engine: Engine;
  /** Fingerprint of the key that signs the audit; undefined where none is written. */
  readonly signedBy: string | undefined;
  ended(episode: EpisodeRecord): Promise<void>;
  /** Signs the end of the audit. */
  close(): Promise<void>;
}

/** Puts an engine under policies and begins the audit; without a policy the engine is left as it is. */
export async function supervise(engine: Engine, options: PolicyOptions, run: RunSubject): Promise<SupervisedRun> {
  const files = options.policy ?? [];
  if (files.length === 0) return { engine, signedBy: undefined, ended: async () => undefined, close: async () => undefined };
  const { AuditLog, auditTrail, compilePolicy, fingerprint, freshKey, keyFrom, parsePolicy, readPolicy, superviseEngine } =
    await import('@backlot/sandbox');
  const policies = await Promise.all(files.map(readPolicy));
  const { answer, policyMode: mode } = options;
  const common = {
    policies: policies.map(compilePolicy),
    mode,
    pictures: options.pictures,
    ...(answer === undefined ? {} : { ask: async () => answer === 'yes' }),
  };
  if (run.out === undefined) {
    return { engine: superviseEngine(engine, common), signedBy: undefined, ended: async () => undefined, close: async () => undefined };
  }
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const named = texts.map((text, i) => ({ name: parsePolicy(text, files[i]).name, text }));
  const key = options.auditKey === undefined ? freshKey() : await keyFrom(options.auditKey);
  const { out, ...subject } = run;
  const open = { ...subject, run: randomUUID(), tool: `backlot ${version()}`, engine: engine.name, mode, policies: named };
  const log = await AuditLog.open(out, open, { key, now: Date.now });
  const trail = auditTrail(log);
  return {
    engine: superviseEngine(engine, { ...common, record: trail.record }),
    signedBy: fingerprint(log.publicKey),
    ended: trail.end,
    close: () => log.close(),
  };
}

/** This command as it was given, to be given again. */
export function thisCommand(): string {
  const words = process.argv.slice(2).map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return ['npx', 'backlot', ...words].join(' ');
}
