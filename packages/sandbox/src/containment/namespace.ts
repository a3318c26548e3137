import { firstThatRuns, type Confinement } from './command.ts';

let found: Promise<Confinement> | undefined;

/**
 * The command that runs another in a network namespace of its own that holds nothing but a loopback interface that is down. Where the
 * caller may not make one, a user namespace comes around it, in which the user stays the same.
 */
export function emptyNetwork(): Promise<Confinement> {
  if (process.platform !== 'linux') return Promise.resolve({ why: `${process.platform} has no network namespaces` });
  found ??= firstThatRuns([
    ['unshare', '--net', '--'],
    ['unshare', '--user', '--map-current-user', '--net', '--'],
  ]);
  return found;
}
