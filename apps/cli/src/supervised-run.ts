import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpisodeRecord } from '@backlot/protocol';
import type { AuditTrail, Mask, Supervision } from '@backlot/sandbox';
import { Option, type Command } from 'commander';
import { sha256 } from './files.ts';
import { repeated } from './io/options.ts';
import { version } from './version.ts';

/** Options of commands that put agents under policies. */
export interface PolicyOptions {
  readonly policy?: readonly string[];
  readonly policyMode: 'enforce' | 'observe';
  readonly answer?: 'yes' | 'no' | 'terminal';
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
    .addOption(
      new Option('--answer <answer>', 'the answer to every ask; terminal: you are asked (default: nobody answers, which is a no)').choices([
        'yes',
        'no',
        'terminal',
      ]),
    )
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
  readonly engine: string;
  readonly world: string;
  readonly command: string;
  /** Folder of the audit; without it none is written. */
  readonly out: string | undefined;
}

/** Policies in force, with the audit that is written of what they say. */
export interface Supervised {
  readonly supervision: Supervision;
  /** Fingerprint of the key that signs the audit; undefined where none is written. */
  readonly signedBy: string | undefined;
  /** Records how an episode came out. */
  ended(episode: EpisodeRecord): Promise<void>;
  /** Signs the end of the audit. */
  close(): Promise<void>;
}

/** What decides the say of the policies: the mode, the answer to every ask, and the digests of their files. */
export async function policyDigests({ policy = [], policyMode, answer }: PolicyOptions): Promise<string[]> {
  if (policy.length === 0) return [];
  const texts = await Promise.all(policy.map((file) => readFile(file, 'utf8')));
  return [policyMode, `answer ${answer ?? 'nobody'}`, ...texts.map(sha256)];
}

/** Where the audit of a run goes: its folder, or where that holds one of an earlier part of the run, a folder in it. */
export function auditFolder(out: string | undefined): string | undefined {
  if (out === undefined || !existsSync(join(out, 'audit.jsonl'))) return out;
  for (let part = 2; ; part++) {
    const folder = join(out, `part-${part}`);
    if (!existsSync(folder)) return folder;
  }
}

const nothing = async (): Promise<void> => undefined;

/** Takes out of every text what the policies in force call a secret, and what looks like a credential; without a policy nothing. */
export async function maskOf({ policy: files = [] }: Pick<PolicyOptions, 'policy'>): Promise<Mask> {
  const { noMask, readPolicy, secretMask } = await import('@backlot/sandbox');
  const policies = await Promise.all(files.map(readPolicy));
  return files.length === 0 ? noMask : secretMask(policies.flatMap(({ secrets = [] }) => secrets));
}

/** Reads the policies and begins the audit, where there is a policy and a folder for it. */
export async function supervision(options: PolicyOptions, run: RunSubject): Promise<Supervised> {
  const files = options.policy ?? [];
  const { compilePolicy, readPolicy } = await import('@backlot/sandbox');
  const policies = await Promise.all(files.map(readPolicy));
  const { answer, policyMode: mode } = options;
  const asked = await whoAnswers(answer);
  const common = {
    policies: policies.map(compilePolicy),
    mode,
    pictures: options.pictures,
    ...(asked === null ? {} : { ask: asked.ask }),
  };
  if (run.out === undefined || files.length === 0) {
    return { supervision: common, signedBy: undefined, ended: nothing, close: async () => asked?.close() };
  }
  const { trail, signedBy, close } = await openAudit(run.out, run, options);
  return { supervision: { ...common, record: trail.record }, signedBy, ended: trail.end, close: async () => (asked?.close(), close()) };
}

type Ask = Required<Supervision>['ask'];

/** Who answers an ask; null where nobody does. */
async function whoAnswers(answer: PolicyOptions['answer']): Promise<{ readonly ask: Ask; close(): void } | null> {
  if (answer === undefined) return null;
  if (answer !== 'terminal') return { ask: async () => answer === 'yes', close: () => undefined };
  const { sayAction } = await import('@backlot/sandbox');
  const { asker, atTerminal } = await import('./io/ask.ts');
  const { ask, close } = asker(atTerminal());
  return { ask: ({ action, decision }) => ask(`${sayAction(action)}: ${decision.reason} (${decision.rule}) Let it pass?`), close };
}

/** An audit that is being written. */
export interface OpenAudit {
  readonly trail: AuditTrail;
  /** Fingerprint of the key that signs it. */
  readonly signedBy: string;
  /** Signs the end. */
  close(): Promise<void>;
}

/** Begins an audit in a folder. */
export async function openAudit(
  out: string,
  { subject, agent, engine, world, command }: Omit<RunSubject, 'out'>,
  options: Pick<PolicyOptions, 'policy' | 'policyMode' | 'auditKey'>,
): Promise<OpenAudit> {
  const { AuditLog, auditTrail, fingerprint, freshKey, keyFrom, readPolicy } = await import('@backlot/sandbox');
  const { policy: files = [], policyMode: mode, auditKey } = options;
  const policies = await Promise.all(
    files.map(async (file) => ({ name: (await readPolicy(file)).name, text: await readFile(file, 'utf8') })),
  );
  const key = auditKey === undefined ? freshKey() : await keyFrom(auditKey);
  const about = { run: randomUUID(), tool: `backlot ${version()}`, command, subject, agent, engine, world, mode, policies };
  const log = await AuditLog.open(out, about, { key, now: Date.now, mask: await maskOf(options) });
  return { trail: auditTrail(log), signedBy: fingerprint(log.publicKey), close: () => log.close() };
}

/** This command as it was given, to be given again. */
export function thisCommand(): string {
  const words = process.argv.slice(2).map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return ['npx', 'backlot', ...words].join(' ');
}
