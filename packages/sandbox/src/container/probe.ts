import { readFile } from 'node:fs/promises';

/**
 * What is wrong with the confinement of a container's first process, as the kernel sees it; empty where all is as it must be. Null
 * where the daemon runs elsewhere, so that its processes can't be seen from here.
 */
export async function kernelComplaints(pid: number): Promise<readonly string[] | null> {
  const read = (file: string): Promise<string | null> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => null);
  const [status, devices] = [await read('status'), await read('net/dev')];
  if (status === null || devices === null) return null;
  return complaintsOf(status, devices);
}

/** The same of the texts of `/proc/PID/status` and `/proc/PID/net/dev`. */
export function complaintsOf(status: string, devices: string): readonly string[] {
  const field = (name: string): string => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? 'unknown';
  const wanted = { NoNewPrivs: '1', Seccomp: '2', CapEff: '0000000000000000', CapBnd: '0000000000000000' };
  const others = interfacesOf(devices).filter((name) => name !== 'lo');
  return [
    ...Object.entries(wanted).flatMap(([name, value]) => (field(name) === value ? [] : [`${name} is ${field(name)}, not ${value}`])),
    ...(field('Uid') === '0' ? ['it runs as root'] : []),
    ...others.map((name) => `it has the network interface ${name}`),
  ];
}

/** Names of the network interfaces in the text of `/proc/PID/net/dev`. */
function interfacesOf(devices: string): readonly string[] {
  return devices.split('\n').flatMap((line) => /^\s*([^:\s|]+):/.exec(line)?.[1] ?? []);
}
