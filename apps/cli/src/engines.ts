import type { Engine } from '@backlot/sandbox';
import { seccompProfile } from './sandboxes.ts';

export const engineNames = ['text', 'browser', 'container'] as const;
export type EngineName = (typeof engineNames)[number];

/** Makes an engine. The caller closes it. */
export async function createEngine(name: EngineName): Promise<Engine> {
  const { createBrowserEngine, createContainerEngine, createTextEngine } = await import('@backlot/sandbox');
  if (name === 'text') return createTextEngine();
  if (name === 'container') return createContainerEngine({ seccomp: await seccompProfile() });
  const { findChromium } = await import('@backlot/recorder');
  return createBrowserEngine({ executablePath: findChromium() });
}
