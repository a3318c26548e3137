/**
 * What Playwright starts in a browser's place: makes a container by the request in a file, holds what was started against what was asked
 * for, and carries Playwright's pipe (descriptors 3 and 4) over the container's own stdin and stdout. Anything amiss ends both.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import { Writable } from 'node:stream';
import Docker from 'dockerode';
import { kernelComplaints } from './probe.ts';
import { containerSpec, differences, type SpecOptions } from './spec.ts';

/** A message of the browser that is longer than this is an attack on who reads it, in bytes. */
const longestMessage = 256 * 2 ** 20;
/** How much of what the browser complains of is passed on, in bytes. */
const longestComplaint = 64 * 1024;

const [home = '', ...args] = process.argv.slice(2);
const docker = new Docker();
const request = JSON.parse(readFileSync(path.join(home, 'request.json'), 'utf8')) as Omit<SpecOptions, 'args'>;
const spec = containerSpec({ ...request, args });
const container = await docker.createContainer(spec);
writeFileSync(path.join(home, 'container'), container.id);

async function give(up: string): Promise<never> {
  process.stderr.write(`${up}\n`);
  await container.remove({ force: true }).catch(() => undefined);
  process.exit(1);
}

const stream = await container.attach({ stream: true, hijack: true, stdin: true, stdout: true, stderr: true });
let sinceEnd = 0;
let complained = 0;
const toPlaywright = new Socket({ fd: 4 });
const out = new Writable({
  write(chunk: Buffer, _, done) {
    const end = chunk.lastIndexOf(0);
    sinceEnd = end < 0 ? sinceEnd + chunk.length : chunk.length - end;
    if (sinceEnd > longestMessage) void give('The browser sent a message that is too long.');
    else toPlaywright.write(chunk, () => done());
  },
});
const errors = new Writable({
  write(chunk: Buffer, _, done) {
    const left = longestComplaint - complained;
    complained += chunk.length;
    if (left > 0) process.stderr.write(chunk.subarray(0, left));
    done();
  },
});
docker.modem.demuxStream(stream, out, errors);
toPlaywright.on('error', () => void give('Playwright went away.'));
await container.start().catch((error: Error) => give(`The container does not start: ${error.message}`));

const inspected = await container.inspect();
const complaints = [...differences(spec, inspected), ...((await kernelComplaints(inspected.State.Pid)) ?? [])];
if (complaints.length > 0) await give(`The container is not what was asked for: ${complaints.join('; ')}.`);
writeFileSync(path.join(home, 'inspect.json'), JSON.stringify(inspected));

const fromPlaywright = new Socket({ fd: 3 });
fromPlaywright.pipe(stream);
fromPlaywright.on('error', () => void give('Playwright went away.'));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void give(`${signal} ended the container.`));
await container.wait().catch(() => undefined);
process.exit(0);
