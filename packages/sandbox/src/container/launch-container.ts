import { access, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import { startChromium, type ContainedBrowser } from '../containment/launch.ts';
import { allLayers, type Layers } from '../containment/layers.ts';
import { goesWithUs } from '../containment/litter.ts';
import { InfraError } from '../engine/errors.ts';

/** Image of the browser, as `sandboxes/chromium` makes it. */
const defaultImage = 'backlot/chromium';

/** What the container is made of. */
export interface ContainerOptions {
  /** Seccomp profile, as JSON: `sandboxes/chromium/seccomp.json`. */
  readonly seccomp: string;
  readonly image?: string;
  /** Address of a name server: only for tests that bring a network themselves. */
  readonly resolver?: string;
  readonly memoryMiB?: number;
  readonly cpus?: number;
  readonly processes?: number;
}

/** A browser in a container, and the number of its first process where this system sees it. */
export interface ContainerBrowser extends ContainedBrowser {
  readonly container: string;
  readonly containerPid: number;
}

const launcher = fileURLToPath(new URL(`./launcher${path.extname(import.meta.url)}`, import.meta.url));

/** The variables that name the daemon; nothing else of the environment reaches the launcher. */
const daemonVariables = ['DOCKER_HOST', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH', 'PATH', 'HOME'];

/** Loaded when it is asked for: few processes use a container, and it takes long. */
async function daemon(): Promise<Docker> {
  const { default: Client } = await import('dockerode');
  return new Client();
}

/** Why containers can't be used here, and what to do; null where they can. */
export async function whyNoContainer(image = defaultImage): Promise<string | null> {
  const docker = await daemon();
  try {
    await docker.ping();
  } catch (error) {
    return `no container daemon answers (${(error as Error).message}): start one, or set DOCKER_HOST`;
  }
  const found = await docker
    .getImage(image)
    .inspect()
    .catch(() => null);
  return found === null ? `there is no image ${image}: docker build -t ${image} sandboxes/chromium` : null;
}

/**
 * Starts the Chromium of an image in a container and leads it over the container's stdin and stdout.
 * @throws InfraError where it does not start, or is not as it was asked for
 */
export async function launchInContainer(options: ContainerOptions, layers: Layers = allLayers): Promise<ContainerBrowser> {
  const { image = defaultImage, ...bounds } = options;
  const home = await mkdtemp(path.join(tmpdir(), 'backlot-container-'));
  const removeHome = goesWithUs(home);
  const docker = await daemon();
  const remove = async (): Promise<void> => {
    const id = await readFile(path.join(home, 'container'), 'utf8').catch(() => null);
    if (id !== null)
      await docker
        .getContainer(id)
        .remove({ force: true })
        .catch(() => undefined);
    await removeHome();
  };
  try {
    await access(launcher);
    const { Id } = await docker.getImage(image).inspect();
    await writeFile(path.join(home, 'request.json'), JSON.stringify({ ...bounds, image: Id }));
    const env = Object.fromEntries(daemonVariables.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
    const command = [process.execPath, launcher, home];
    const contained = await startChromium({ home, command, profile: '/tmp/profile', layers, env, isConfined: true, remove });
    const inspected = JSON.parse(await readFile(path.join(home, 'inspect.json'), 'utf8')) as { Id: string; State: { Pid: number } };
    return { ...contained, container: inspected.Id, containerPid: inspected.State.Pid };
  } catch (cause) {
    await remove();
    const reason = cause instanceof Error ? (/The container [^\n]+/.exec(cause.message)?.[0] ?? cause.message.split('\n')[0]) : '';
    throw new InfraError(`The browser of the image ${image} does not start: ${reason}`, { cause });
  }
}
