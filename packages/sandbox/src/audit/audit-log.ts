import { mkdir, open, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditBody, AuditKind } from '@backlot/protocol';
import { genesis, seal, sha256 } from './chain.ts';
import { signedText, type AuditKey } from './keys.ts';
import { masked, noMask, type Mask } from './mask.ts';

/** Names in the folder of an audit. */
export const auditFiles = { log: 'audit.jsonl', key: 'audit.pub', blobs: 'blobs' } as const;

/** Fields of its records that hold digests, and the answers to questions. */
const ownFields = new Set('answer aria blob picture publicKey signature'.split(' '));

/** The audit can't be written: what is not recorded is not done. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}

/** How an audit is kept. */
export interface AuditOptions {
  readonly key: AuditKey;
  /** The time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** A checkpoint is signed after so many records. Default 100. */
  readonly every?: number;
  /** Takes secrets out of every text before it is written. Default: none are known. */
  readonly mask?: Mask;
}

/** What the first record says, but for the key. */
export type AuditSubject = Omit<AuditBody<'open'>, 'publicKey' | 'policies'> & {
  readonly policies: readonly { readonly name: string; readonly text: string }[];
};

/**
 * An audit that is being written: a line for each record, only ever added to, and a blob for each text and picture. After the first
 * failure nothing is taken any more.
 */
export class AuditLog {
  readonly #dir: string;
  readonly #file: FileHandle;
  readonly #options: AuditOptions;
  readonly #run: string;
  readonly #blobs = new Set<string>();
  #queue: Promise<unknown> = Promise.resolve();
  #n = 0;
  #prev = genesis;
  #broken: AuditError | null = null;
  #isClosed = false;

  private constructor(dir: string, file: FileHandle, { run, ...options }: AuditOptions & { readonly run: string }) {
    this.#dir = dir;
    this.#file = file;
    this.#options = options;
    this.#run = run;
  }

  /**
   * Begins an audit in a folder.
   * @throws AuditError where the folder already holds one, or can't be written to
   */
  static async open(dir: string, subject: AuditSubject, options: AuditOptions): Promise<AuditLog> {
    const { publicKey } = options.key;
    try {
      await mkdir(join(dir, auditFiles.blobs), { recursive: true });
      const file = await open(join(dir, auditFiles.log), 'ax');
      await writeFile(join(dir, auditFiles.key), `${publicKey}\n`);
      const log = new AuditLog(dir, file, { ...options, run: subject.run });
      const policies = [];
      for (const { name, text } of subject.policies) policies.push({ name, blob: await log.blob(text) });
      await log.append('open', { ...subject, policies, publicKey });
      return log;
    } catch (cause) {
      if (cause instanceof AuditError) throw cause;
      const why =
        (cause as NodeJS.ErrnoException).code === 'EEXIST'
          ? 'it holds an audit already, and audits are never overwritten: choose another folder'
          : (cause as Error).message;
      throw new AuditError(`No audit can be written to ${dir}: ${why}.`, { cause });
    }
  }

  /** Whether a text holds a secret, which is not written as it is. */
  hides(text: string): boolean {
    return this.#mask(text) !== text;
  }

  /** Public half of the key that signs. */
  get publicKey(): string {
    return this.#options.key.publicKey;
  }

  /** Adds a record; a checkpoint follows where one is due. Resolves once it is written. @throws AuditError */
  append<K extends Exclude<AuditKind, 'checkpoint' | 'close'>>(kind: K, body: AuditBody<K>): Promise<void> {
    return this.#inTurn(async () => {
      await this.#write(kind, masked(body, this.#mask, ownFields));
      if (this.#n % (this.#options.every ?? 100) === 0) await this.#write('checkpoint', { signature: this.#sign() });
    });
  }

  /** Keeps bytes beside the log and answers their digest, by which records name them. @throws AuditError */
  blob(content: string | Uint8Array): Promise<string> {
    const bytes = typeof content === 'string' ? this.#mask(content) : content;
    const digest = sha256(bytes);
    return this.#inTurn(async () => {
      if (this.#blobs.has(digest)) return digest;
      await writeFile(join(this.#dir, auditFiles.blobs, digest), bytes, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      this.#blobs.add(digest);
      return digest;
    });
  }

  /** Signs the end. A second call does nothing. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      await this.#inTurn(() => this.#write('close', { records: this.#n + 1, signature: this.#sign() }));
    } finally {
      await this.#file.close();
    }
  }

  get #mask(): Mask {
    return this.#options.mask ?? noMask;
  }

  async #write(kind: AuditKind, body: AuditBody<AuditKind>): Promise<void> {
    const { line, hash } = seal({ n: this.#n, at: this.#options.now(), kind, body, prev: this.#prev });
    await this.#file.appendFile(`${line}\n`);
    if (kind === 'checkpoint' || kind === 'close') await this.#file.datasync();
    this.#n += 1;
    this.#prev = hash;
  }

  #sign(): string {
    return this.#options.key.sign(signedText(this.#run, this.#n, this.#prev));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      if (this.#broken !== null) throw this.#broken;
      try {
        return await work();
      } catch (cause) {
        this.#broken = new AuditError(`The audit in ${this.#dir} can't be written: ${(cause as Error).message}.`, { cause });
        throw this.#broken;
      }
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
