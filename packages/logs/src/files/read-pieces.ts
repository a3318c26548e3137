import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';

/** Limits and a way to stop. */
export interface ReadLimits {
  /** Most bytes to read from one file, after decompression. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** How reading ended: the bytes seen, and what cut it short, in words. */
export interface ReadEnd {
  readonly bytes: number;
  readonly cut?: string;
}

/**
 * Reads a file piece by piece, decompressing where it is gzip, whatever its name says. What can be read of a damaged file is
 * read. Throws only where the file cannot be opened or the signal is aborted.
 */
export async function readPieces(file: string, limits: ReadLimits, take: (piece: Buffer) => void): Promise<ReadEnd> {
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  try {
    return await pump(source, limits, take);
  } finally {
    source.destroy();
  }
}

async function pump(source: Readable, { maxBytes, signal }: ReadLimits, take: (piece: Buffer) => void): Promise<ReadEnd> {
  const first = await firstPiece(source);
  if (first === null) return { bytes: 0 };
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  source.unshift(first);
  let bytes = 0;
  try {
    for await (const piece of isGzip ? gunzip(source) : source) {
      signal?.throwIfAborted();
      bytes += (piece as Buffer).length;
      if (bytes > maxBytes)
        return { bytes, cut: `it holds more than ${maxBytes} bytes${isGzip ? ' when decompressed' : ''}, which is the limit` };
      take(piece as Buffer);
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (!isGzip || !isZlibError(error)) throw error;
    return { bytes, cut: `its gzip data is damaged or cut short (${(error as Error).message})` };
  }
  return { bytes };
}

function gunzip(source: Readable): Readable {
  const stream = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => stream.destroy(error));
  return source.pipe(stream);
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

function firstPiece(source: Readable): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      source.off('readable', onReadable).off('error', onError).off('end', onEnd);
      then();
    };
    const onReadable = (): void => {
      const piece = source.read() as Buffer | null;
      if (piece !== null) settle(() => resolve(piece));
    };
    const onEnd = (): void => settle(() => resolve(null));
    const onError = (error: Error): void => settle(() => reject(error));
    source.on('readable', onReadable).on('error', onError).on('end', onEnd);
  });
}
