/**
 * The far end of a cable to a browser that is watched: run as a program of its own, in a network namespace that it alone is in. It makes
 * a second namespace, joins the two by a virtual cable, answers whatever arrives there at any address, and counts packets as the
 * kernel counts them at its end. Asked by lines of JSON on stdin, it answers by lines of JSON on stdout; it ends when stdin does.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { addressIn, nameIn, nameserver, serverNameIn } from './wire.ts';

/** What an answer on stdout holds. `packets` counts from the start; `seen` holds what came since the last question. */
export interface FarReport {
  readonly packets: number;
  readonly seen: readonly string[];
}

const everyName = '198.51.100.10';
const near = { mac: '02:00:00:00:00:01', v4: '203.0.113.1', v6: 'fd00::1' };
const far = { mac: '02:00:00:00:00:02', v4: '203.0.113.2', v6: 'fd00::2' };
const shownSeen = 50;

const seen: string[] = [];
const note = (what: string): void => void (seen.length < shownSeen && seen.push(what.slice(0, 200)));
const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });

/** A second namespace, held open by a process that sleeps and ends with this one; it names a resolver at the far end. */
async function holdNear(): Promise<ChildProcess & { readonly pid: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'backlot-far-'));
  const resolv = path.join(folder, 'resolv.conf');
  writeFileSync(resolv, `nameserver ${nameserver}\noptions timeout:1 attempts:1\n`);
  const script = `mount --bind "$1" /etc/resolv.conf; ip link set lo up; echo ready; exec sleep 2147483647`;
  const args = ['--pdeathsig', 'KILL', '--', 'unshare', '--net', '--mount', '--', 'sh', '-c', script, 'near', resolv];
  const child = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await new Promise<void>((ready, failed) => {
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(`The near end ended with ${code}.`)));
      child.stdout.once('data', () => ready());
    });
  } finally {
    // What is mounted stays, whatever becomes of its name.
    rmSync(folder, { recursive: true, force: true });
  }
  return child as ChildProcess & { readonly pid: number };
}

/** Settings under which the kernel says nothing by itself, and what it says for a program it says at once. */
const quiet = [
  { at: 'ipv6/conf/DEV/disable_ipv6', value: 0 },
  { at: 'ipv6/conf/DEV/accept_dad', value: 0 },
  { at: 'ipv6/conf/DEV/accept_ra', value: 0 },
  { at: 'ipv6/conf/DEV/router_solicitations', value: 0 },
  { at: 'ipv6/conf/DEV/mldv2_unsolicited_report_interval', value: 1 },
  { at: 'ipv4/conf/DEV/igmpv3_unsolicited_report_interval', value: 1 },
];

/** Addresses and neighbours are written down, so that no packet of the kernel's own is ever on the cable. */
function plugIn(pid: number, name: string): void {
  const inNear = (...args: string[]): void =>
    void execFileSync('nsenter', [`--net=/proc/${pid}/ns/net`, '--', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  ip('link', 'add', 'far0', 'address', far.mac, 'type', 'veth', 'peer', 'name', name, 'address', near.mac);
  ip('link', 'set', name, 'netns', String(pid));
  writeFileSync('/proc/sys/net/ipv6/conf/far0/accept_dad', '0');
  for (const setting of quiet) inNear('sh', '-c', `echo ${setting.value} > /proc/sys/net/${setting.at.replace('DEV', name)}`);
  const both = [
    { run: (...args: string[]) => ip(...args), dev: 'far0', own: far, other: near },
    { run: (...args: string[]) => inNear('ip', ...args), dev: name, own: near, other: far },
  ];
  for (const { run, dev, own, other } of both) {
    run('link', 'set', dev, 'addrgenmode', 'none');
    run('link', 'set', dev, 'up');
    run('addr', 'add', `${own.v4}/30`, 'dev', dev);
    run('-6', 'addr', 'add', `${own.v6}/64`, 'dev', dev, 'nodad');
    run('neigh', 'add', other.v4, 'lladdr', other.mac, 'dev', dev, 'nud', 'permanent');
    run('-6', 'neigh', 'add', other.v6, 'lladdr', other.mac, 'dev', dev, 'nud', 'permanent');
  }
  inNear('ip', 'route', 'add', 'default', 'via', far.v4);
  inNear('ip', '-6', 'route', 'add', 'default', 'via', far.v6);
}

/** Every address there is belongs to the far end. */
function takeEveryAddress(): void {
  ip('link', 'set', 'lo', 'up');
  ip('route', 'add', 'local', '0.0.0.0/0', 'dev', 'lo');
  ip('-6', 'route', 'add', 'local', '::/0', 'dev', 'lo');
}

function answerNames(): void {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const asked = nameIn(query);
    if (asked === null) return;
    note(`DNS ${asked.name}`);
    socket.send(addressIn(query, asked, everyName), from.port, from.address);
  });
  socket.bind(53, nameserver);
}

function answerHttp(port: number): void {
  const server = createHttpServer((request, response) => {
    note(`HTTP ${request.method} ${request.headers.host}${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*', connection: 'close', 'content-type': 'text/plain' }).end('far');
  });
  server.on('clientError', (_, socket) => {
    note(`TCP ${port}`);
    socket.destroy();
  });
  server.listen(port, '::');
}

/** Reads whose name a secure connection asks for, then hangs up. */
function answerSecure(port: number): void {
  createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (hello) => {
      note(`TLS ${serverNameIn(hello) ?? socket.localAddress}`);
      socket.destroy();
    });
    socket.setTimeout(2000, () => socket.destroy());
  }).listen(port, '::');
}

function listenForDatagrams(port: number): void {
  const socket = createSocket({ type: 'udp6', reuseAddr: true });
  socket.on('message', () => note(`UDP ${port}`));
  socket.bind(port, '::');
}

function packets(): number {
  const line = readFileSync('/proc/net/dev', 'utf8')
    .split('\n')
    .find((each) => each.trim().startsWith('far0:'));
  return Number(line?.trim().split(/\s+/)[2] ?? Number.NaN);
}

/** A cable into the namespace of another process, such as a container's, where an argument names one. */
const [into] = process.argv.slice(2);
const holder = into === undefined ? await holdNear() : null;
process.on('exit', () => holder?.kill('SIGKILL'));
takeEveryAddress();
plugIn(holder?.pid ?? Number(into), 'near0');
answerNames();
for (const port of [80, 8080]) answerHttp(port);
for (const port of [443, 3478, 5349]) answerSecure(port);
for (const port of [443, 3478, 19_302]) listenForDatagrams(port);
process.stdout.write(`${JSON.stringify({ near: holder?.pid ?? Number(into) })}\n`);
for await (const _ of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify({ packets: packets(), seen: seen.splice(0) } satisfies FarReport)}\n`);
}
process.exit(0);
