import { engineOf, type BrowserEngine } from '../browser/browser-engine.ts';
import { allLayers } from '../containment/layers.ts';
import { launchInContainer, type ContainerOptions } from './launch-container.ts';

/** How the container engine is made. */
export interface ContainerEngineOptions extends ContainerOptions {
  /** How long one call of an episode may take before the browser counts as lost, in milliseconds. Default 60,000. */
  readonly patience?: number;
}

/** The browser engine with its Chromium in a hardened container: one container, a context for each episode. */
export function createContainerEngine({ patience, ...options }: ContainerEngineOptions): BrowserEngine {
  const start = (): ReturnType<typeof launchInContainer> => launchInContainer(options);
  return engineOf({ name: 'container', start, layers: allLayers, ...(patience === undefined ? {} : { patience }) });
}
