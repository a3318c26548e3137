import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { sha256 } from './chain.ts';

/** A key that signs checkpoints. */
export interface AuditKey {
  /** SPKI in DER, base64. */
  readonly publicKey: string;
  sign(text: string): string;
}

/** A fresh Ed25519 key that is kept in memory only: once the run is over nobody can sign for it any more. */
export function freshKey(): AuditKey {
  return keyOf(generateKeyPairSync('ed25519').privateKey);
}

/**
 * The key in a file (Ed25519, PKCS #8, PEM). Where there is no file, a fresh one is written to it, readable to its owner alone.
 * @throws where the file holds no such key
 */
export async function keyFrom(file: string): Promise<AuditKey> {
  try {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    await writeFile(file, pem, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    const key = createPrivateKey(await readFile(file));
    if (key.asymmetricKeyType === 'ed25519') return keyOf(key);
  } catch (cause) {
    throw new Error(`${file} holds no private key in PEM. Give a file that does not exist yet to have one made.`, { cause });
  }
  throw new Error(`${file} holds a key of another kind than Ed25519.`);
}

function keyOf(privateKey: KeyObject): AuditKey {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64') };
}

/** Whether a signature of a text is by the key. A key that is none signs nothing. */
export function isSigned(text: string, { publicKey, signature }: { readonly publicKey: string; readonly signature: string }): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** A public key in a form that people compare: the first 16 bytes of its sha256 in groups of four digits. */
export function fingerprint(publicKey: string): string {
  return (sha256(Buffer.from(publicKey, 'base64')).slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}

/** What a checkpoint signs: the run, its own number, and the hash of the record before, which stands for all before it. */
export function signedText(run: string, n: number, prev: string): string {
  return `backlot audit 1\n${run}\n${n}\n${prev}\n`;
}
