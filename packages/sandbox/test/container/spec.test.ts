import type { ContainerInspectInfo } from 'dockerode';
import { describe, expect, it } from 'vitest';
import { complaintsOf } from '../../src/container/probe.ts';
import { containerSpec, differences } from '../../src/container/spec.ts';

const spec = containerSpec({ image: 'sha256:1', seccomp: '{}', args: [] });
const started = (host: object = {}, more: object = {}): ContainerInspectInfo =>
  ({
    Image: 'sha256:1',
    Config: { User: spec.User },
    HostConfig: { ...spec.HostConfig, Binds: null, CapAdd: null, PidMode: '', UsernsMode: '', ...host },
    NetworkSettings: { Networks: { none: {} } },
    Mounts: [],
    ...more,
  }) as unknown as ContainerInspectInfo;

describe('a started container', () => {
  it('that is what was asked for differs in nothing, however the daemon writes it', () => {
    expect(differences(spec, started())).toEqual([]);
  });

  it.each([
    [{ NetworkMode: 'bridge' }, 'NetworkMode is "bridge", not "none"'],
    [{ ReadonlyRootfs: false }, 'ReadonlyRootfs is false, not true'],
    [{ CapAdd: ['NET_ADMIN'] }, 'CapAdd is ["NET_ADMIN"]'],
    [{ CapDrop: null }, 'CapDrop is null'],
    [{ SecurityOpt: ['no-new-privileges:true'] }, 'SecurityOpt is'],
    [{ Privileged: true }, 'Privileged is true'],
    [{ PidMode: 'host' }, 'PidMode is "host"'],
    [{ UsernsMode: 'host' }, 'UsernsMode is "host"'],
    [{ IpcMode: 'host' }, 'IpcMode is "host"'],
    [{ Memory: 0 }, 'Memory is 0'],
    [{ PidsLimit: null }, 'PidsLimit is null'],
    [{ Binds: ['/:/host'] }, 'Binds is ["/:/host"]'],
    [{ Tmpfs: { '/tmp': 'rw,exec' } }, 'Tmpfs is'],
  ])('with %o is told from what was asked for', (host, complaint) => {
    expect(differences(spec, started(host)).join('; ')).toContain(complaint);
  });

  it('of another image or user, on a network or with a mount is told from what was asked for', () => {
    const other = {
      Image: 'sha256:2',
      Config: { User: 'root' },
      NetworkSettings: { Networks: { bridge: {} } },
      Mounts: [{ Source: '/etc' }],
    };
    expect(differences(spec, started({}, other))).toEqual([
      'User is "root", not "65532:65532"',
      'Image is "sha256:2", not "sha256:1"',
      'it is on the network "bridge"',
      'it mounts "/etc"',
    ]);
  });
});

describe('the kernel', () => {
  const status = 'Uid:\t65532\t65532\nNoNewPrivs:\t1\nSeccomp:\t2\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\n';
  const devices = 'Inter-|   Receive\n face |bytes\n    lo:       0       0\n';

  it('complains of nothing where all privileges are gone and there is no interface but the loopback', () => {
    expect(complaintsOf(status, devices)).toEqual([]);
  });

  it('complains of every privilege that is left, and of every other interface', () => {
    expect(complaintsOf(status.replace('Seccomp:\t2', 'Seccomp:\t0'), devices)).toEqual(['Seccomp is 0, not 2']);
    expect(complaintsOf(status.replace('CapEff:\t0', 'CapEff:\tf'), devices)[0]).toMatch('CapEff is f');
    expect(complaintsOf(status.replace('Uid:\t65532', 'Uid:\t0'), devices)).toEqual(['it runs as root']);
    expect(complaintsOf(status, `${devices}  eth0: 1 1\n`)).toEqual(['it has the network interface eth0']);
    expect(complaintsOf('', devices)).toHaveLength(4);
  });
});
