import type { ContainerCreateOptions, ContainerInspectInfo } from 'dockerode';

/** What a container is asked for. */
export interface SpecOptions {
  /** Id of the image (`sha256:…`), never a tag: what was looked at is what runs. */
  readonly image: string;
  /** Seccomp profile, as JSON. */
  readonly seccomp: string;
  readonly args: readonly string[];
  /** Address of a name server: only for tests that bring a network themselves. */
  readonly resolver?: string;
  readonly memoryMiB?: number;
  readonly cpus?: number;
  readonly processes?: number;
}

/** Whom the browser runs as in the container. */
const user = '65532:65532';
const mib = 2 ** 20;

/** A container with no network, no capability, no way to gain one, a file system that can't be written, and bounds on everything else. */
export function containerSpec(options: SpecOptions): ContainerCreateOptions {
  const { image, seccomp, args, resolver, memoryMiB = 2048, cpus = 2, processes = 512 } = options;
  return {
    Image: image,
    Cmd: [...args],
    User: user,
    Env: ['HOME=/tmp', 'TMPDIR=/tmp'],
    Labels: { backlot: 'browser' },
    NetworkDisabled: resolver === undefined,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    HostConfig: {
      NetworkMode: 'none',
      Dns: resolver === undefined ? [] : [resolver],
      PublishAllPorts: false,
      Privileged: false,
      CapDrop: ['ALL'],
      CapAdd: [],
      SecurityOpt: ['no-new-privileges:true', `seccomp=${seccomp}`],
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=512m,mode=1777' },
      ShmSize: 64 * mib,
      IpcMode: 'private',
      PidsLimit: processes,
      Memory: memoryMiB * mib,
      MemorySwap: memoryMiB * mib,
      NanoCpus: cpus * 1e9,
      Ulimits: [
        { Name: 'nofile', Soft: 8192, Hard: 8192 },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      Binds: [],
      Devices: [],
      Init: true,
      AutoRemove: true,
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'none', Config: {} },
    },
  };
}

/** Where a started container is not what was asked for, in words; empty where it is. */
export function differences(spec: ContainerCreateOptions, got: ContainerInspectInfo): readonly string[] {
  const host = got.HostConfig as unknown as Record<string, unknown>;
  const asked = Object.entries(spec.HostConfig ?? {}).filter(([name, wanted]) => !isSame(wanted, host[name]));
  const never = ['PidMode', 'UTSMode', 'UsernsMode'].filter((name) => (host[name] ?? '') !== '').map((name) => [name, ''] as const);
  const networks = Object.keys(got.NetworkSettings.Networks).filter((name) => name !== 'none');
  return [
    ...[...asked, ...never].map(([name, wanted]) => `${name} is ${short(host[name])}, not ${short(wanted)}`),
    ...(got.Config.User === spec.User ? [] : [`User is ${short(got.Config.User)}, not ${short(spec.User)}`]),
    ...(got.Image === spec.Image ? [] : [`Image is ${short(got.Image)}, not ${short(spec.Image)}`]),
    ...networks.map((name) => `it is on the network ${short(name)}`),
    ...got.Mounts.map((mount) => `it mounts ${short(mount.Source)}`),
  ];
}

const short = (value: unknown): string => JSON.stringify(value ?? null).slice(0, 80);

/** Daemons write null, nothing, or an empty list or text for the same. */
function isSame(wanted: unknown, got: unknown): boolean {
  return canonical(wanted) === canonical(got);
}

function canonical(value: unknown): string {
  if (value === null || value === undefined || value === '' || value === false) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : JSON.stringify(value.map(canonical));
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => canonical(each) !== 'none' && each !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => [name, canonical(each)]);
  return entries.length === 0 ? 'none' : JSON.stringify(entries);
}
